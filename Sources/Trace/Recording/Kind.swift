/// What a line of a recording is, apart from the texts' lines.
///
/// The first letter of its word tells what the fact is about: a coroutine, a task, a future, a
/// resource, a handle, the loop, or what the program says.
enum Kind: UInt8, Word {
  case coroutineCreated
  case coroutineOrigin
  case coroutineStarted
  case coroutineSuspended
  case coroutineResumed
  case coroutineReturned
  case coroutineRaised
  case coroutineCancelled
  case coroutineNeverAwaited
  case coroutineAwaited
  case taskCreated
  case taskRenamed
  case futureCreated
  case futureAwaits
  case futureResolved
  case taskRefused
  case resourceCreated
  case resourceChanged
  case timerScheduled
  case timerFired
  case handleScheduled
  case handleCancelled
  case handleBegan
  case handleEnded
  case stackSampled
  case tickBegan
  case timeJumped
  case stoodStill
  case runEnded
  case dropped
  case output
  case warned
  case exceptionReported
  case marked
  case sourceRead

  var word: StaticString {
    switch self {
    case .coroutineCreated: "cn"
    case .coroutineOrigin: "co"
    case .coroutineStarted: "cs"
    case .coroutineSuspended: "cw"
    case .coroutineResumed: "cr"
    case .coroutineReturned: "cv"
    case .coroutineRaised: "cx"
    case .coroutineCancelled: "cc"
    case .coroutineNeverAwaited: "cu"
    case .coroutineAwaited: "ca"
    case .taskCreated: "tn"
    case .taskRenamed: "tm"
    case .futureCreated: "fn"
    case .futureAwaits: "fa"
    case .futureResolved: "fd"
    case .taskRefused: "tr"
    case .resourceCreated: "rn"
    case .resourceChanged: "rc"
    case .timerScheduled: "ht"
    case .timerFired: "hf"
    case .handleScheduled: "hs"
    case .handleCancelled: "hc"
    case .handleBegan: "hb"
    case .handleEnded: "he"
    case .stackSampled: "hk"
    case .tickBegan: "lt"
    case .timeJumped: "lj"
    case .stoodStill: "ls"
    case .runEnded: "le"
    case .dropped: "ld"
    case .output: "po"
    case .warned: "pw"
    case .exceptionReported: "px"
    case .marked: "pm"
    case .sourceRead: "ps"
    }
  }
}

/// Finds a kind by the two letters of its word in constant time.
struct KindTable {
  private var kinds: [Kind?] = Array(repeating: nil, count: 32 * 32)

  init() {
    var raw: UInt8 = 0
    while let kind = Kind(rawValue: raw) {
      let letters = kind.word.utf8Start
      kinds[Self.index(letters[0], letters[1])] = kind
      raw += 1
    }
  }

  @inline(__always) subscript(word: UnsafeBufferPointer<UInt8>) -> Kind? {
    guard word.count == 2, word[0] & 0xE0 == 0x60, word[1] & 0xE0 == 0x60 else { return nil }
    return kinds[Self.index(word[0], word[1])]
  }

  /// Letters in lower case differ in their last five bits only.
  @inline(__always) private static func index(_ a: UInt8, _ b: UInt8) -> Int {
    Int(a & 31) << 5 | Int(b & 31)
  }
}

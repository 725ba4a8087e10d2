/// Turns events into the lines of a recording.
///
/// The lines depend on the events alone, not on the batches they came in: a text gets its line
/// just before the first event that names it.
struct LineEncoder: ~Copyable {
  var buffer = ByteBuffer(capacity: RecordingFormat.bufferSize + longestEvent)

  private(set) var time: Int64 = 0
  var running = HandleID.none
  /// Texts that no event has named yet.
  private var waiting: [String] = []
  private var firstWaiting = 0
  private var textsWritten: UInt32 = 0

  /// More bytes than any event's line has.
  static var longestEvent: Int { 192 }

  /// Whether it is time to write the buffer out.
  var isFull: Bool { buffer.count >= RecordingFormat.bufferSize }

  mutating func add(_ texts: [String]) {
    waiting += texts
  }

  /// Encodes events until the buffer is full enough to be written out.
  ///
  /// - Returns: how many of them.
  mutating func encode(_ events: ArraySlice<Event>) -> Int {
    events.withUnsafeBufferPointer { events in
      var index = 0
      while index < events.count, !isFull {
        encode(events[index])
        index += 1
      }
      return index
    }
  }

  /// Encodes the texts that no event has named.
  mutating func encodeWaitingTexts() {
    while firstWaiting < waiting.count { encodeNextText() }
  }

  // MARK: Parts of a line

  /// Begins a line, `["kind",dt`, and keeps the clock. Time never goes back in a recording.
  @inline(__always) mutating func begin(_ kind: Kind, at moment: Int64) {
    let now = max(time, min(moment, RecordingFormat.latestTime))
    buffer.put("[\"")
    buffer.put(kind.word)
    buffer.put("\",")
    buffer.put(now &- time)
    time = now
  }

  @inline(__always) mutating func end() {
    buffer.put("]\n")
  }

  @inline(__always) mutating func argument(_ number: UInt32) {
    buffer.put(UInt8(ascii: ","))
    buffer.put(UInt64(number))
  }

  @inline(__always) mutating func argument(_ number: Int64) {
    buffer.put(UInt8(ascii: ","))
    buffer.put(number)
  }

  @inline(__always) mutating func argument(_ word: StaticString) {
    buffer.put(",\"")
    buffer.put(word)
    buffer.put(UInt8(ascii: "\""))
  }

  @inline(__always) mutating func argument(_ callback: Callback) {
    argument(callback.kind.word)
    argument(callback.subject)
  }

  // MARK: Texts

  /// Makes sure that a text has its line before the event that names it.
  @inline(__always) mutating func need(_ text: TextID) {
    if text.rawValue > textsWritten { encodeTexts(upTo: text.rawValue) }
  }

  @inline(never) private mutating func encodeTexts(upTo last: UInt32) {
    while textsWritten < last, firstWaiting < waiting.count { encodeNextText() }
    buffer.reserve(Self.longestEvent)
  }

  private mutating func encodeNextText() {
    let text = waiting[firstWaiting].prefix(utf8: RecordingFormat.longestText)
    waiting[firstWaiting] = ""
    firstWaiting += 1
    textsWritten += 1
    if firstWaiting == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      firstWaiting = 0
    }
    buffer.reserve(32)
    buffer.put("[\"s\"")
    argument(textsWritten)
    buffer.put(",")
    buffer.putJSON(text)
    buffer.reserve(Self.longestEvent)
    end()
  }
}

extension String {
  /// The longest beginning that fits into so many bytes of UTF-8, with an ellipsis if it is cut.
  fileprivate func prefix(utf8 longest: Int) -> String {
    guard utf8.count > longest else { return self }
    var end = utf8.index(startIndex, offsetBy: longest)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end] + "…"
  }
}

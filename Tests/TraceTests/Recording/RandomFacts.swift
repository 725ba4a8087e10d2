import Trace
import TraceSamples

/// Facts of every kind with arguments of every size, in no sensible order.
struct RandomFacts {
  private var generator: SeededGenerator
  private var textCount = 0
  private var time: Int64 = 0

  static let kindCount = 35

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func batch(_ eventCount: Int) -> Batch {
    var batch = Batch()
    for _ in 0..<number(0...8) {
      batch.texts.append(text())
      textCount += 1
    }
    for _ in 0..<eventCount {
      time += Bool.random(using: &generator) ? 0 : Int64(number(0...2_000_000))
      batch.events.append(Event(time: time, fact: fact(number(0...Self.kindCount - 1))))
    }
    return batch
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  private mutating func text() -> String {
    let alphabet: [Unicode.Scalar] = [
      "a", "b", " ", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1B}", "\u{7F}", "\u{80}", "\u{9B}",
      "\u{A0}", "é", "猫", "🐈", "\u{FFFD}", "\u{10FFFF}", "/", "[", "]", "{", ",",
    ]
    var text = ""
    for _ in 0..<number(0...12) {
      text.unicodeScalars.append(alphabet[number(0...alphabet.count - 1)])
    }
    return text
  }

  private mutating func some<Case: CaseIterable>(_: Case.Type) -> Case
  where Case.AllCases == [Case] {
    Case.allCases[number(0...Case.allCases.count - 1)]
  }

  private mutating func word() -> UInt32 {
    UInt32(Bool.random(using: &generator) ? number(0...3) : number(0...Int(UInt32.max)))
  }

  private mutating func moment() -> Int64 {
    Int64.random(in: 0...RecordingFormat.latestTime, using: &generator)
  }

  private mutating func lane() -> LaneID { LaneID(UInt32(number(0...1000))) }
  private mutating func future() -> FutureID { FutureID(UInt32(number(0...1000))) }
  private mutating func resource() -> ResourceID { ResourceID(UInt32(number(0...1000))) }
  private mutating func handle() -> HandleID { HandleID(UInt32(number(0...9))) }
  private mutating func textID() -> TextID { TextID(UInt32(number(0...textCount))) }

  private mutating func callback() -> Callback {
    let kind = some(Callback.Kind.self)
    return kind == .function ? Callback(function: textID()) : Callback(kind, future())
  }

  private mutating func fact(_ kind: Int) -> Fact {
    switch kind {
    case 0:
      .coroutineCreated(
        lane(), name: textID(), parent: Bool.random(using: &generator) ? .none : lane(),
        at: Bool.random(using: &generator) ? .unknown : Site(file: textID(), line: word()))
    case 1: .coroutineStarted(lane())
    case 2: .coroutineSuspended(lane(), on: Wait(some(Wait.Kind.self), future()), line: word())
    case 3: .coroutineResumed(lane())
    case 4: .coroutineReturned(lane(), value: textID())
    case 5: .coroutineRaised(lane(), exception: textID(), traceback: textID())
    case 6: .coroutineCancelled(lane())
    case 7: .coroutineNeverAwaited(lane())
    case 8: .coroutineAwaited(by: lane(), lane(), line: word())
    case 9: .taskCreated(future(), lane(), name: textID(), by: lane())
    case 10:
      .futureCreated(
        future(), kind: textID(), of: Bool.random(using: &generator) ? .none : resource())
    case 11: .futureAwaits(future(), future())
    case 12: .futureResolved(future(), some(Outcome.self))
    case 13: .timerScheduled(handle(), when: moment(), callback())
    case 14: .timerFired(handle())
    case 15:
      .handleScheduled(handle(), callback(), cause: Cause(some(Cause.Kind.self), future()))
    case 16: .handleCancelled(handle())
    case 17: .handleBegan(handle())
    case 18: .handleEnded(handle())
    case 19: .tickBegan(word())
    case 20: .timeJumped(from: Int64.random(in: 0...time, using: &generator))
    case 21: .runEnded(exception: textID())
    case 22: .output(textID(), by: lane(), some(Stream.self))
    case 23: .warned(textID(), by: lane())
    case 24: .exceptionReported(textID(), by: lane())
    case 25: .marked(textID())
    case 26: .sourceRead(file: textID(), text: textID())
    case 27:
      .resourceCreated(resource(), some(ResourceKind.self), name: textID(), limit: word())
    case 28: .resourceChanged(resource(), level: word(), holder: lane())
    case 29: .stoodStill
    case 30: .coroutineOrigin(lane(), at: Site(file: textID(), line: word()))
    case 31: .taskRefused(future())
    case 33: .taskRenamed(future(), name: textID(), by: lane())
    case 32: .stackSampled(handle(), stack: textID(), by: lane())
    default: .dropped(count: word())
    }
  }
}

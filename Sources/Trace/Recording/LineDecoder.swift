/// Turns the lines of a recording into events, and never traps, whatever a line holds.
struct LineDecoder {
  /// What a step did that a line of its own told of: the task's next step may do the same again.
  struct Step {
    var lane: LaneID
    var line: UInt32
    /// Nil if it gave up its turn; else for what it waits, of a future made for that wait.
    var wait: Wait.Kind?
    var task = FutureID.none
    var purpose = TextID.empty
    var resource = ResourceID.none
  }

  enum Line {
    case event(Event)
    /// Several events, which are in ``LineDecoder/expansion``.
    case events
    case text(String)
    /// Whoever watches holds the loop: nothing has happened in the run.
    case held
    /// The next output on a stream arrives there as the bytes that a text has for characters.
    case bytes(TextID, Stream)
    /// A kind or a word that this reader does not know, or a text given twice.
    case skipped
    case blank
    /// Not a line of a recording; the words say what is wrong, as in "an integer was expected".
    case malformed(StaticString)
  }

  private let kinds = KindTable()

  /// The number of the line last read; the header is line 1.
  private(set) var line: Int64 = 1
  /// How many events said that they were earlier than the one before them.
  private(set) var backwardCount = 0

  private(set) var time: Int64 = 0
  private(set) var timeBefore: Int64 = 0
  var running = HandleID.none {
    // A handle runs once: nothing repeats that step any more.
    didSet { if !steps.isEmpty { steps[running] = nil } }
  }
  private(set) var textCount: Int64 = 0
  private var droppedCount: Int64 = 0
  /// How many lines more there would be, had each handle a line of its own.
  private var impliedLines: Int64 = 0
  /// The events of the line just read, if it told several.
  var expansion: [Event] = []
  /// What `hz` or `ha` may repeat, by the handle of the task's next step.
  var steps: [HandleID: Step] = [:]
  /// The same, by the future that is waited for, as long as there is no such handle.
  var waits: [FutureID: Step] = [:]
  /// Texts whose line is missing; they come before the one just read.
  private(set) var missingTexts = 0

  /// The greatest identity that can be real here.
  var greatestIdentity: Int64 {
    let greatest =
      RecordingFormat.identitySlack
      + RecordingFormat.identitiesPerLine * (line + impliedLines) + droppedCount
    return min(greatest, Int64(UInt32.max))
  }

  /// Reads one line, given without its newline.
  @inline(__always) mutating func decode(_ start: UnsafePointer<UInt8>, count: Int) -> Line {
    line += 1
    var cursor = LineCursor(start: start, end: start + count)
    cursor.skipSpace()
    guard let first = cursor.peek() else { return .blank }
    guard first == UInt8(ascii: "[") else { return .malformed("it is not an array") }
    cursor.advance()
    cursor.skipSpace()
    guard let word = cursor.word() else { return .malformed("a kind was expected") }
    if word.count == 1 { return decodeDefinition(word[0], &cursor) }
    var arguments = Arguments(cursor: cursor, greatestIdentity: greatestIdentity)
    guard advanceTime(by: arguments.integer()) else {
      return .malformed("its time is beyond the latest one")
    }
    let kind = kinds[word]
    if kind == nil, let start = word.baseAddress,
      let compound = Compound(bytes: start, count: word.count)
    {
      return expand(compound, &arguments)
    }
    if kind == nil, word.elementsEqual(Self.bytes) {
      let line = Line.bytes(
        arguments.textID(), arguments.optionalWord(Stream.self, or: .stdout))
      arguments.finish()
      if let problem = arguments.problem { return .malformed(problem) }
      return arguments.hasUnknownWord ? .skipped : line
    }
    let fact = kind.map { decodeFact($0, &arguments) }
    arguments.finish()
    if let problem = arguments.problem { return .malformed(problem) }
    guard let fact, !arguments.hasUnknownWord else {
      return word.elementsEqual(Self.held) ? .held : .skipped
    }
    if case .dropped(let count) = fact {
      droppedCount = min(droppedCount + Int64(count), RecordingFormat.mostDropped)
    }
    return .event(Event(time: time, fact: fact))
  }

  private mutating func expand(_ compound: Compound, _ arguments: inout Arguments) -> Line {
    decode(compound, &arguments)
    arguments.finish()
    return arguments.problem.map(Line.malformed) ?? .events
  }

  mutating func countLines(_ count: Int64) { impliedLines += max(count - 1, 0) }

  private static let held: [UInt8] = Array("lh".utf8)
  private static let bytes: [UInt8] = Array("pb".utf8)

  private mutating func advanceTime(by difference: Int64) -> Bool {
    timeBefore = time
    if difference < 0 { backwardCount += 1 }
    time += max(difference, 0)
    return time <= RecordingFormat.latestTime
  }

  /// Reads a line that defines something and has no time: a text.
  private mutating func decodeDefinition(_ kind: UInt8, _ cursor: inout LineCursor) -> Line {
    var arguments = Arguments(cursor: cursor, greatestIdentity: greatestIdentity)
    guard kind == UInt8(ascii: "s") else {
      arguments.finish()
      return arguments.problem.map(Line.malformed) ?? .skipped
    }
    let identity = Int64(arguments.identity())
    let text = arguments.text()
    arguments.finish()
    if let problem = arguments.problem { return .malformed(problem) }
    guard let text, identity > textCount else { return .skipped }
    missingTexts = Int(identity - textCount - 1)
    textCount = identity
    return .text(withFewMarks(text))
  }
}

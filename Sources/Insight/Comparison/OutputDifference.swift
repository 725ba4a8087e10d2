package import Trace

/// How what two programs printed differs, line by line.
package struct OutputDifference: Sendable {
  package struct Line: Equatable, Sendable {
    package var text: String
    /// Its number in what was printed on that stream, from 1.
    package var number: Int
    package var stream: Stream
    /// Index of the event with which it began.
    package var event: Int

    /// Where the interpreter's own files stand, and their lines, go by its version.
    fileprivate var isFrame: Bool { stream == .stderr && text.hasPrefix("  File \"") }

    /// What Python writes under a line of a traceback since 3.11.
    fileprivate var isMarker: Bool {
      stream == .stderr && !text.isEmpty && text.utf8.allSatisfy { " ^~".utf8.contains($0) }
    }
  }

  package private(set) var countOfA = 0
  package private(set) var countOfB = 0
  /// The first lines, of one stream, that differ in their places.
  package private(set) var first: Comparison.Pair<Line>?
  /// Lines that only one run has, wherever it has them: the first few, and how many they are in all.
  package private(set) var onlyInA: [Line] = []
  package private(set) var onlyInB: [Line] = []
  package private(set) var countOnlyInA = 0
  package private(set) var countOnlyInB = 0
  /// Lines in the same place that differ in numbers alone that are others in each run.
  package private(set) var restless: [Comparison.Pair<Line>] = []
  package private(set) var restlessCount = 0

  package var isSame: Bool { first == nil }

  /// Whether both runs printed the same lines, if maybe in another order.
  package var isSameInSum: Bool { countOnlyInA == 0 && countOnlyInB == 0 }

  /// Where what was printed cannot be compared.
  init() {}

  init(_ a: Timeline, _ b: Timeline) {
    for stream in Stream.allCases {
      let ours = Self.lines(of: a, on: stream).filter { !$0.isMarker }
      let theirs = Self.lines(of: b, on: stream).filter { !$0.isMarker }
      countOfA += ours.count
      countOfB += theirs.count
      compare(ours, theirs)
    }
  }

  private mutating func compare(_ ours: [Line], _ theirs: [Line]) {
    let keys = (ours.map(Self.key), theirs.map(Self.key))
    let limit = min(ours.count, theirs.count)
    let place = (0..<limit).first { keys.0[$0] != keys.1[$0] } ?? limit
    for place in 0..<place where ours[place].text != theirs[place].text && !ours[place].isFrame {
      restlessCount += 1
      if restless.count < Self.kept {
        restless.append(Comparison.Pair(ours[place], theirs[place]))
      }
    }
    guard place < max(ours.count, theirs.count) else { return }
    let pair = Comparison.Pair(
      place < ours.count ? ours[place] : nil, place < theirs.count ? theirs[place] : nil)
    first = first ?? pair
    var balance: [UInt64: Int] = [:]
    for key in keys.0[place...] { balance[key, default: 0] += 1 }
    for key in keys.1[place...] { balance[key, default: 0] -= 1 }
    // What a run has too often it has last.
    var others: [Line] = []
    for (line, key) in zip(ours, keys.0).reversed() where balance[key, default: 0] > 0 {
      balance[key, default: 0] -= 1
      others.append(line)
    }
    countOnlyInA += others.count
    onlyInA += others.reversed().prefix(Self.kept)
    others = []
    for (line, key) in zip(theirs, keys.1).reversed() where balance[key, default: 0] < 0 {
      balance[key, default: 0] += 1
      others.append(line)
    }
    countOnlyInB += others.count
    onlyInB += others.reversed().prefix(Self.kept)
  }

  /// How many lines of a kind are told.
  private static let kept = 20

  private static func key(_ line: Line) -> UInt64 {
    Hash(line.isFrame ? numberless(line.text) : steady(line.text)).value
  }

  /// Whatever was printed without an end of line is a line too.
  private static func lines(of timeline: Timeline, on stream: Stream) -> [Line] {
    var lines: [Line] = []
    var open: Line?
    let lastWords = timeline.startOfLastWords
    for place in timeline.outputs.indices {
      let output = timeline.output(place)
      guard output.stream == stream,
        stream == .stdout || output.lane != .none || output.event < lastWords
      else { continue }
      let parts = timeline.text(output.text).lines
      for (place, part) in parts.enumerated() {
        if place > 0, let line = open {
          lines.append(line)
          open = nil
        }
        if part.isEmpty, place == parts.count - 1 { continue }
        open = open ?? Line(text: "", number: lines.count + 1, stream: stream, event: output.event)
        open?.text += part
      }
    }
    return lines + (open.map { [$0] } ?? [])
  }
}

extension Timeline {
  /// Where a run that ends with an exception has done its last step: what the interpreter says of it
  /// afterwards is its traceback.
  fileprivate var startOfLastWords: Int {
    guard fault(at: events.count) != nil, stepCount > 0 else { return .max }
    return handle(ofStep: stepCount).flatMap(handle)?.ended ?? .max
  }
}

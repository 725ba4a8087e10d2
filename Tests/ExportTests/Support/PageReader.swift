import Export
import Foundation
import Trace

/// The data of an exported page, read as its script reads it.
struct PageReader {
  let page: String
  let data: [String: Any]
  private let strings: [String]
  private let uses: [[Int]]
  private let changesOf: [Range<Int>]
  private let changes: (events: [Int], words: [Int], lines: [Int], states: [String])

  /// Takes the block out of the page as a browser does: it ends at the first end of a script.
  init(_ page: String) throws {
    self.page = page
    let start = "<script type=\"application/json\" id=\"run\">"
    guard let open = page.firstRange(of: start),
      let close = page[open.upperBound...].firstRange(of: "</script"),
      let object = try JSONSerialization.jsonObject(
        with: Data(page[open.upperBound..<close.lowerBound].utf8)) as? [String: Any]
    else { throw Unreadable() }
    data = object
    strings = Self.texts(of: object)
    uses = object["uses"] as? [[Int]] ?? []
    let counts = Self.numbers(object, "lanes", "changes")
    var ranges: [Range<Int>] = []
    for count in counts {
      let first = ranges.last?.upperBound ?? 0
      ranges.append(first..<first + count)
    }
    changesOf = ranges
    let differences = Self.numbers(object, "changes", "event")
    let events = ranges.flatMap { Self.sums(Array(differences[$0])) }
    let words = (object["states"] as? [[String: Any]] ?? []).map { $0["word"] as? String ?? "" }
    let letters = (object["changes"] as? [String: Any])?["state"] as? String ?? ""
    changes = (
      events, Self.numbers(object, "changes", "words"), Self.numbers(object, "changes", "line"),
      letters.utf8.map { words[Self.small($0)] }
    )
  }

  init(_ timeline: Timeline) throws { try self.init(export(timeline, as: .html)) }

  struct Unreadable: Error {}

  func text(_ name: String) -> String { data[name] as? String ?? "" }

  func column(_ table: String, _ name: String) -> [Int] { Self.numbers(data, table, name) }

  /// A column that was written as differences.
  func summed(_ table: String, _ name: String) -> [Int] { Self.sums(column(table, name)) }

  private static func numbers(_ data: [String: Any], _ table: String, _ name: String) -> [Int] {
    ((data[table] as? [String: Any])?[name] as? [NSNumber] ?? []).map(\.intValue)
  }

  /// The texts, put together of templates and numbers.
  private static func texts(of data: [String: Any]) -> [String] {
    let templates = (data["templates"] as? [String] ?? []).map {
      $0.split(separator: "\u{4}", omittingEmptySubsequences: false)
    }
    var newest = templates.map { Array(repeating: 0, count: $0.count - 1) }
    var rest = (data["texts"] as? [NSNumber] ?? []).map(\.intValue)[...]
    var texts: [String] = []
    while let template = rest.popFirst() {
      let pieces = templates[template]
      var text = String(pieces[0])
      for (place, piece) in pieces.dropFirst().enumerated() {
        newest[template][place] += rest.popFirst() ?? 0
        text += "\(newest[template][place])\(piece)"
      }
      texts.append(text)
    }
    return texts
  }

  private static func sums(_ differences: [Int]) -> [Int] {
    var sum = 0
    return differences.map { difference in
      sum += difference
      return sum
    }
  }

  private static func small(_ letter: UInt8) -> Int {
    Int(letter) - (letter < 97 ? 65 : 97 - 26)
  }

  // MARK: Lanes

  var lanes: [LaneID] { summed("lanes", "id").map { LaneID(UInt32($0)) } }

  func name(ofLaneAt place: Int) -> String { strings[column("lanes", "name")[place]] }

  /// A lane's state at a cursor, by its word and in words, and the line at which its code stands.
  func state(ofLaneAt place: Int, at cursor: Int) -> (word: String, words: String, line: Int)? {
    guard let last = changesOf[place].last(where: { changes.events[$0] < cursor }) else {
      return nil
    }
    return (changes.states[last], words(changes.words[last], at: cursor), changes.lines[last])
  }

  private func words(_ place: Int, at cursor: Int) -> String {
    guard place < 0 else { return strings[place] }
    let pairs = uses[-1 - place]
    let last = Array(stride(from: 0, to: pairs.count, by: 2)).last { pairs[$0] < cursor }
    return strings[pairs[(last ?? 0) + 1]]
  }

  // MARK: Sentences

  func sentences() -> [String] {
    let starts = summed("steps", "start")
    let lanes = column("events", "lane")
    return column("events", "text").enumerated().map { event, text in
      let step = starts.count { $0 <= event }
      return unmarked(text, step: step, lane: lanes[event])
    }
  }

  /// For each step why it ran, and the step in which the cause of that came up.
  func reasons() -> [(text: String, cause: Int)] {
    let back = column("steps", "cause")
    return column("steps", "why").enumerated().map { place, text in
      let cause = back[place] > 0 ? place + 1 - back[place] : 0
      return (unmarked(text, step: place + 1, cause: cause), cause)
    }
  }

  private func unmarked(_ text: Int, step: Int, lane: Int = 0, cause: Int = 0) -> String {
    strings[text].replacing("\u{1}", with: "tep \(step)")
      .replacing("\u{2}", with: lane > 0 ? name(ofLaneAt: lane - 1) : "")
      .replacing("\u{3}", with: "tep \(cause)")
  }

  /// The pieces of the lines that were printed, each with whether it goes on the line before.
  func output() -> [(text: String, joins: Bool)] {
    let joins = ((data["output"] as? [String: Any])?["joins"] as? String ?? "").utf8.map {
      $0 == 66
    }
    return zip(column("output", "text"), joins).map { (strings[$0], $1) }
  }
}

import Insight
import TUI
import Trace

/// What the page knows of the run, as one JSON object: columns of numbers for what there are many of,
/// and every text once, in `texts`. `Page/10_run.js` reads it.
///
/// What holds at a moment is not told for each moment but for each change, as ``Timeline`` keeps it, and
/// found by binary search. Sentences are those of Insight: the page puts none together itself.
struct PageData {
  let header: RunHeader
  let timeline: Timeline
  /// What is wrong with the recording, each in a sentence.
  let notices: [String]
  var strings = PageStrings()
  /// The lanes in the order of the page, which is that of the tree. Elsewhere in the data a lane is
  /// its place here, counted from 1; 0 stands for none.
  let lanes: [(lane: LaneID, depth: Int)]
  private let places: [LaneID: Int]

  init(header: RunHeader, timeline: Timeline, notices: [String]) {
    self.header = header
    self.timeline = timeline
    let lost = timeline.moment(at: timeline.events.count).dropped
    self.notices = notices + (lost > 0 ? ["\(timeline.sentence(forLoss: lost))."] : [])
    lanes = timeline.lanesInTree()
    places = Dictionary(
      uniqueKeysWithValues: lanes.enumerated().map { ($0.element.lane, $0.offset + 1) })
  }

  /// The place of a lane, 0 for none.
  func place(of lane: LaneID) -> Int { places[lane] ?? 0 }

  mutating func write(to pieces: inout TextPieces) throws {
    try pieces.line("{")
    try pieces.line("\"program\": \(json(header.title)),")
    try pieces.line("\"runtime\": \(json(header.runtime)),")
    try pieces.line("\"clock\": \"\(header.clock)\",")
    try pieces.line("\"notices\": [\(notices.map(json).joined(separator: ",\n"))],")
    try pieces.line("\"states\": [\(states)],")
    try pieces.line("\"lesson\": \(lesson),")
    try pieces.line("\"glossary\": [\(glossary)],")
    try pieces.line("\"prologue\": \(timeline.endOfPrologue),")
    try pieces.line("\"tellsNoSteps\": \(timeline.tellsNoSteps),")
    try writeEvents(to: &pieces)
    try writeSteps(to: &pieces)
    try writeLanes(to: &pieces)
    try writeLoop(to: &pieces)
    try writeOutput(to: &pieces)
    try writeFindings(to: &pieces)
    try writePath(to: &pieces)
    try writeSources(to: &pieces)
    try pieces.line("\"texts\": \(column(strings.texts)),")
    let templates = strings.templates.map(scriptJSON).joined(separator: ",\n")
    try pieces.put("\"templates\": [\(templates)]\n}")
  }

  func json(_ text: String) -> String { scriptJSON(readable(plain(text))) }

  /// The docstring of the program, its first line apart.
  private var lesson: String {
    guard let lesson = header.docstring else { return "null" }
    let note = lesson.note.split(separator: "\n", omittingEmptySubsequences: false)
    return "{\"title\": \(json(lesson.title)), "
      + "\"note\": [\(note.map { json(String($0)) }.joined(separator: ",\n"))]}"
  }

  /// What the panes and the sentences speak of, as the help of the screen has it.
  private var glossary: String {
    KeyHelp.words.map { "[\(scriptJSON($0.word)), \(scriptJSON($0.meaning))]" }
      .joined(separator: ",\n")
  }

  /// How each state is told apart: the one place is ``LaneLook``.
  private var states: String {
    LaneState.allCases.map { state in
      let look = LaneLook(state)
      let members = [
        ("word", look.word), ("letter", String(look.letter)), ("glyph", String(look.glyph)),
        ("bar", String(look.bar)), ("role", "\(look.role)"),
      ]
      return "{" + members.map { "\"\($0)\": \(scriptJSON($1))" }.joined(separator: ", ")
        + ", \"urgency\": \(state.urgency)}"
    }
    .joined(separator: ",\n")
  }
}

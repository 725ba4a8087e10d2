import Insight
import TUI
import Trace

extension PageData {
  /// For each event its time, its kind, the lane that it is about, and what it says.
  mutating func writeEvents(to pieces: inout TextPieces) throws {
    var kinds: [String: Int] = [:]
    var names: [String] = []
    var kindOfEach: [Int] = []
    var laneOfEach: [Int] = []
    var textOfEach: [Int] = []
    var numbers: [UInt32] = []
    var steps = StepCounter(timeline)
    for index in timeline.events.indices {
      let fact = timeline.events[index].fact
      let step = steps.place(of: index).step
      let word = FactWord(fact).word
      let kind = kinds[word] ?? names.count
      if kind == names.count {
        kinds[word] = kind
        names.append(word)
      }
      let lane = timeline.subject(ofEvent: index) ?? .none
      kindOfEach.append(kind)
      laneOfEach.append(place(of: lane))
      textOfEach.append(place(ofSentence: timeline.sentence(forEvent: index), of: lane, step))
      if case .tickBegan(let number) = fact { numbers.append(number) }
    }
    try pieces.line("\"kinds\": [\(names.map(scriptJSON).joined(separator: ", "))],")
    try pieces.line("\"events\": {\"time\": \(differences(timeline.events.lazy.map(\.time))),")
    try pieces.line("\"kind\": \(letters(kindOfEach)),")
    try pieces.line("\"lane\": \(column(laneOfEach)),")
    try pieces.line("\"text\": \(column(textOfEach))},")
    try pieces.line("\"ticks\": \(differences(numbers.map(Int64.init))),")
  }

  /// The text of a sentence that is plain, with marks for what makes it differ from others.
  private mutating func place(ofSentence sentence: String, of lane: LaneID, _ step: Int) -> Int {
    var text = sentence.marked(PageMark.text(ofStep: step), as: PageMark.step)
    if place(of: lane) > 0 {
      text = text.marked(plain(timeline.label(of: lane)), as: PageMark.lane)
    }
    return strings.place(ofPlain: text)
  }

  /// For each step where it starts and ends, why it ran, and the step in which that came up: the page
  /// follows the causes from one to the other.
  mutating func writeSteps(to pieces: inout TextPieces) throws {
    let count = timeline.stepCount
    var ends: [Int] = []
    var texts: [Int] = []
    var causes: [Int] = []
    let starts = (0..<count).map { timeline.cursor(afterSteps: $0) }
    for step in 1..<max(1, count + 1) {
      let handle = timeline.handle(ofStep: step).flatMap(timeline.handle)
      let link = link(ofStep: step, in: timeline)
      let cause = link?.cause ?? 0
      ends.append(handle?.ended.map { $0 + 1 - starts[step - 1] } ?? 0)
      causes.append(cause > 0 ? step - cause : 0)
      let why = link?.reason.text ?? ""
      let marked =
        why
        .marked(PageMark.text(ofStep: step), as: PageMark.step)
        .marked(PageMark.text(ofStep: cause), as: PageMark.cause)
      texts.append(strings.place(ofPlain: marked))
    }
    try pieces.line("\"steps\": {\"start\": \(differences(starts)),")
    try pieces.line("\"end\": \(column(ends)),")
    try pieces.line("\"cause\": \(column(causes)),")
    try pieces.line("\"why\": \(column(texts))},")
  }
}

import Trace

/// A comparison of two runs in words, the most important first.
package struct Report: Sendable {
  /// A line of it, which may have to be broken.
  package struct Line: Equatable, Sendable {
    /// Of which run it speaks: `A`, `B`, or empty.
    package var mark: String
    /// How far it is indented.
    package var indent: Int
    package var text: String
  }

  package private(set) var lines: [Line] = []

  let comparison: Comparison

  /// - Parameter names: what the runs are called, their files as a rule.
  package init(_ comparison: Comparison, names: (a: String, b: String)) {
    self.comparison = comparison
    introduce("A", names.a, comparison.a)
    introduce("B", names.b, comparison.b)
    add(section: verdict)
    addParting()
    addOtherStep()
    addFindings()
    addLanes()
    // Where events were lost, what was done and printed in the meantime is not known.
    if !comparison.isUnsure { addOutput() }
    addUncounted()
  }

  private mutating func introduce(_ mark: String, _ name: String, _ run: ComparedRun) {
    add(mark, 0, name)
    add("", 0, run.summary)
  }

  // MARK: Lines

  mutating func add(_ mark: String, _ indent: Int, _ text: String) {
    lines.append(Line(mark: mark, indent: indent, text: plain(cut(text, to: Self.longest))))
  }

  /// A program may print megabytes in a line.
  private static let longest = 300

  /// A paragraph of its own.
  mutating func add(section text: String) {
    lines.append(Line(mark: "", indent: 0, text: ""))
    lines.append(Line(mark: "", indent: -1, text: plain(text)))
  }

  // MARK: Where they part

  private mutating func addParting() {
    guard let parting = comparison.parting else { return }
    let (a, b) = (comparison.a.timeline, comparison.b.timeline)
    if comparison.isOfTasksAlone {
      add(section: "Where they part:")
    } else if parting.isOtherStep {
      return  // That is told below.
    } else {
      let lane = parting.lane.flatMap { pair in pair.a.map(a.label(of:)) ?? pair.b.map(b.label(of:))
      }
      let step =
        parting.step == 0 ? "Before step 1" : "In step \(parting.step), \(phrase(a, parting.step))"
      add(section: lane.map { "\(step), \($0) goes on otherwise:" } ?? "\(step):")
    }
    for event in parting.before { add("", 2, told(event, a)) }
    addRest("A", parting.a, a)
    addRest("B", parting.b, b)
  }

  private mutating func addRest(_ mark: String, _ events: [Int], _ timeline: Timeline) {
    for (place, event) in events.enumerated() {
      add(place == 0 ? mark : "", 2, told(event, timeline))
    }
    guard events.isEmpty else { return }
    let isLast = comparison.isOfTasksAlone || comparison.parting?.step == timeline.stepCount
    add(mark, 2, "nothing more\(isLast ? ": \(timeline.ending)" : "")")
  }

  private func told(_ event: Int, _ timeline: Timeline) -> String {
    let time = comparison.isOfTasksAlone ? "\(timeText(timeline.events[event].time))  " : ""
    return time + timeline.sentence(forEvent: event)
  }

  private mutating func addOtherStep() {
    guard let other = comparison.otherStep else { return }
    let (a, b) = (comparison.a.timeline, comparison.b.timeline)
    let isFirst = comparison.parting?.step == other.step
    let isFollowed = min(a.stepCount, b.stepCount) >= other.step
    add(
      section: isFirst
        ? isFollowed
          ? "Step \(other.step) is another one:" : "Only one goes on with step \(other.step):"
        : "From step \(other.step) on other steps run:")
    for step in max(1, other.step - 2)..<max(1, other.step) { add("", 2, line(a, step)) }
    add("A", other, a, laterIn: "B", other.later.b)
    add("B", other, b, laterIn: "A", other.later.a)
  }

  /// What ran in a run instead, why, and what after it.
  private mutating func add(
    _ mark: String, _ other: Comparison.OtherStep, _ timeline: Timeline, laterIn otherMark: String,
    _ later: Int?
  ) {
    guard other.step <= timeline.stepCount else {
      return add(mark, 2, "no step \(other.step): \(timeline.ending)")
    }
    let there =
      later.map { "in \(otherMark) that is step \($0)" } ?? "\(otherMark) never does that"
    add(mark, 2, "\(line(timeline, other.step)); \(there)")
    if let cause = timeline.cause(ofStep: other.step) { add("", 4, "because \(cause)") }
    let last = min(timeline.stepCount, other.step + Self.stepsAfter)
    for step in (other.step..<max(other.step, last)).map({ $0 + 1 }) {
      add("", 2, line(timeline, step))
    }
  }

  private static let stepsAfter = 3

  /// `step 3  0.000s  the first step of meow(1)`.
  private func line(_ timeline: Timeline, _ step: Int) -> String {
    let time = timeline.handle(ofStep: step).flatMap(timeline.handle)?.began
      .map { timeText(timeline.events[$0].time) }
    return "step \(step)  \(time ?? "")  \(phrase(timeline, step))"
  }

  private func phrase(_ timeline: Timeline, _ step: Int) -> String {
    timeline.handle(ofStep: step).flatMap(timeline.handle).map(timeline.phrase) ?? "a handle"
  }
}

extension ComparedRun {
  /// `wait.py, CPython 3.8.18: 23 steps, 6 lanes, 1.000s`.
  var summary: String {
    let end = timeline.events.count
    var counts = [
      timeline.tellsNoSteps ? "tasks alone" : counted(timeline.stepCount, "step"),
      counted(timeline.laneCount, "lane"), timeText(timeline.time(at: end)),
    ]
    let lost = timeline.moment(at: end).dropped
    if lost > 0 { counts.append("\(lost) \(lost == 1 ? "event" : "events") lost") }
    if let fault = timeline.fault(at: end) { counts.append("ended with \(fault)") }
    return "\(header.title), \(header.runtime): "
      + counts.joined(separator: ", ")
  }
}

extension Timeline {
  /// How a run comes to its end, as a clause.
  var ending: String {
    let ending = moment(at: events.count).ending
    guard let ending else { return "the recording ends before the run does" }
    return ending == .empty ? "the run has ended" : "the run has ended with \(text(ending))"
  }

  /// Why a step ran, as a clause.
  fileprivate func cause(ofStep step: Int) -> String? {
    handle(ofStep: step).flatMap(handle).map(StepReasons(timeline: self).clause(for:))
  }
}

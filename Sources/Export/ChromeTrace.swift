import Insight
import TUI
import Trace

/// The run as Trace Event JSON (Trace Event Format, JSON Object Format), for Perfetto and
/// `chrome://tracing`.
///
/// The process is the program. Its first thread is the event loop, with a slice for each step and a
/// counter of the ready queue; then comes a thread for each lane, in the order of the screen's tree,
/// with a slice for each state. An arrow (a flow) leads from what put a step into the ready queue to
/// the lane that ran in it. What was printed, and what the runtime complained of, are instants.
///
/// Times are microseconds. On a virtual clock most events take no time, and slices of no length
/// cannot be seen: there each event comes a microsecond after the one before it.
struct ChromeTrace {
  let header: RunHeader
  let timeline: Timeline

  func write(to pieces: inout TextPieces) throws {
    try pieces.put(
      "{\"displayTimeUnit\": \"ns\", \"otherData\": \(otherData),\n\"traceEvents\": [\n")
    try pieces.put(metadata("process_name", thread: 0, "\"name\": \(json(program))"))
    try putThread(0, named: "event loop", at: 0, to: &pieces)
    let lanes = timeline.lanesInTree()
    for (place, row) in lanes.enumerated() {
      let name = timeline.fullLabel(of: row.lane, at: timeline.events.count)
      try putThread(row.lane.rawValue, named: name, at: place + 1, to: &pieces)
      try putStretches(of: row.lane, to: &pieces)
    }
    try putLoop(to: &pieces)
    try pieces.put("\n]}\n")
  }

  private var program: String { header.title }

  private var otherData: String {
    """
    {"program": \(json(program)), "runtime": \(json(header.runtime)), "clock": "\(header.clock)"}
    """
  }

  // MARK: Lanes

  private func putStretches(of lane: LaneID, to pieces: inout TextPieces) throws {
    for stretch in timeline.stretches(of: lane) {
      let words = timeline.stateWords(of: lane, at: stretch.start + 1)
      if stretch.state.isOver {
        try put("i", words, at: stretch.start, thread: lane.rawValue, "\"s\": \"t\"", to: &pieces)
        continue
      }
      let what =
        "\"cat\": \(json(stretch.state.word)), \"dur\": \(duration(from: stretch.start, to: stretch.end)), "
        + "\"args\": {\"event\": \(stretch.start + 1), \"because\": \(json(cause(of: stretch)))}"
      try put("X", words, at: stretch.start, thread: lane.rawValue, what, to: &pieces)
    }
  }

  /// What put the step into the ready queue in which a lane runs, else what brought the state.
  private func cause(of stretch: Stretch) -> String {
    guard stretch.state == .running,
      let handle = timeline.handle(timeline.moment(at: stretch.start + 1).handle)
    else { return timeline.sentence(forEvent: stretch.start) }
    return timeline.sentence(forEvent: handle.scheduled)
  }

  // MARK: The loop

  private func putLoop(to pieces: inout TextPieces) throws {
    var step = 0
    var ready = 0
    var begun: Handle?
    for index in timeline.events.indices {
      switch timeline.events[index].fact {
      case .handleScheduled, .timerFired: ready += 1
      case .handleCancelled(let id):
        if let entered = timeline.handle(id)?.entered, entered < index { ready -= 1 }
      case .handleBegan(let id):
        step += 1
        ready = max(0, ready - 1)
        begun = timeline.handle(id)
        try begun.map { try putStep(step, $0, began: index, to: &pieces) }
        try put(
          "C", "ready queue", at: index, thread: 0, "\"args\": {\"handles\": \(ready)}", to: &pieces
        )
      case .dropped: ready = 0
      case .coroutineStarted(let lane), .coroutineResumed(let lane):
        if let handle = begun { try putArrow(for: handle, to: lane, at: index, to: &pieces) }
        begun = nil
      case .output(let text, let lane, _):
        try putInstant(timeline.text(text), at: index, of: lane, "output", to: &pieces)
      case .warned(let text, let lane), .exceptionReported(let text, let lane):
        try putInstant(timeline.text(text), at: index, of: lane, "complaint", to: &pieces)
      default: continue
      }
    }
  }

  private func putStep(
    _ step: Int, _ handle: Handle, began: Int, to pieces: inout TextPieces
  ) throws {
    let end = handle.ended ?? began
    let what =
      "\"cat\": \"step\", \"dur\": \(duration(from: began, to: end)), \"args\": {\"event\": \(began + 1), "
      + "\"because\": \(json(timeline.sentence(forEvent: handle.scheduled)))}"
    try put(
      "X", "step \(step): \(timeline.phrase(handle))", at: began, thread: 0, what, to: &pieces)
  }

  /// From who put a handle into the ready queue to the lane that runs in it.
  private func putArrow(
    for handle: Handle, to lane: LaneID, at event: Int, to pieces: inout TextPieces
  ) throws {
    let moment = timeline.moment(at: handle.scheduled)
    // An arrow begins in a slice: a lane's, or that of the step in which a callback did it.
    guard handle.scheduled < event, moment.handle != .none else { return }
    let flow = "\"cat\": \"cause\", \"id\": \(handle.id.rawValue)"
    try put("s", "cause", at: handle.scheduled, thread: moment.lane.rawValue, flow, to: &pieces)
    try put("f", "cause", at: event, thread: lane.rawValue, flow + ", \"bp\": \"e\"", to: &pieces)
  }

  private func putInstant(
    _ text: String, at event: Int, of lane: LaneID, _ category: String, to pieces: inout TextPieces
  ) throws {
    let text = clipped(text.withoutLineEnd, to: 200)
    let what = "\"cat\": \"\(category)\", \"s\": \"t\""
    try put("i", text, at: event, thread: lane.rawValue, what, to: &pieces)
  }

  // MARK: Trace events

  private func putThread(
    _ thread: UInt32, named name: String, at place: Int, to pieces: inout TextPieces
  ) throws {
    try pieces.put(",\n" + metadata("thread_name", thread: thread, "\"name\": \(json(name))"))
    try pieces.put(
      ",\n" + metadata("thread_sort_index", thread: thread, "\"sort_index\": \(place)"))
  }

  private func metadata(_ name: String, thread: UInt32, _ argument: String) -> String {
    "{\"ph\": \"M\", \"pid\": 1, \"tid\": \(thread), \"name\": \"\(name)\", \"args\": {\(argument)}}"
  }

  /// - Parameter rest: the members that its phase needs besides, as JSON.
  private func put(
    _ phase: String, _ name: String, at event: Int, thread: UInt32, _ rest: String,
    to pieces: inout TextPieces
  ) throws {
    try pieces.put(
      ",\n{\"ph\": \"\(phase)\", \"pid\": 1, \"tid\": \(thread), \"ts\": \(microseconds(time(ofEvent: event))), "
        + "\"name\": \(json(name)), \(rest)}")
  }

  private func json(_ text: String) -> String { quotedJSON(plain(text)) }

  // MARK: Time

  /// In nanoseconds.
  private func time(ofEvent index: Int) -> Int64 {
    let time = timeline.time(at: index + 1)
    guard header.clock == .virtual else { return time }
    let (later, overflow) = time.addingReportingOverflow(Int64(index) * 1000)
    return overflow ? .max : later
  }

  private func duration(from start: Int, to end: Int) -> String {
    microseconds(time(ofEvent: end) - time(ofEvent: start))
  }

  private func microseconds(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1000)
    return "\(whole).\(padded(rest.magnitude, to: 3))"
  }
}

import Trace

/// Says of tasks that were made one after the other that this was not the order of their coroutines. What
/// made them keeps none where it walks over a set, and that is what the order of their first steps comes from.
struct TaskOrder {
  let timeline: Timeline
  /// What comes later is not known yet.
  let cursor: Int

  /// This is asked for at each frame.
  private static let mostTasks = 1000

  /// Two or three sentences about the task whose first step a handle is; nil where the order was kept.
  func sentences(for handle: Handle) -> String? {
    guard handle.cause.kind == .taskCreated,
      let created = timeline.future(handle.callback.future)?.created, created < cursor,
      case .taskCreated(_, let lane, _, let maker) = timeline.events[created].fact, maker != .none,
      let row = row(around: created, by: maker),
      // A coroutine that has run before is a lane of its own where it is made a task, without a line where it
      // begins: its place among the others is not known.
      row.lanes.allSatisfy({ timeline.lane($0)?.site.file ?? .empty != .empty })
    else { return nil }
    let coroutines = row.lanes.map { timeline.lane($0)?.created ?? 0 }
    guard zip(coroutines, coroutines.dropFirst()).contains(where: { $0 > $1 }),
      let place = row.lanes.firstIndex(of: lane)
    else { return nil }
    let former = coroutines.count { $0 < coroutines[place] }
    let who = timeline.label(of: maker)
    let name = timeline.label(of: lane)
    return "\(who) made \(row.lanes.count) tasks in a row, and not in the order of their "
      + "coroutines: \(name) was the \(ordinal(former + 1)) coroutine and is the "
      + "\(ordinal(place + 1)) task." + reason(before: row.end)
  }

  /// The lanes of the tasks that one coroutine made with nothing in between, and the event after them.
  private func row(around created: Int, by maker: LaneID) -> (lanes: [LaneID], end: Int)? {
    var first = created
    while first > 0, created - first < 2 * Self.mostTasks, isPart(first - 1, by: maker) {
      first -= 1
    }
    var lanes: [LaneID] = []
    var end = first
    while end < min(cursor, timeline.events.count), isPart(end, by: maker) {
      if case .taskCreated(_, let lane, _, _) = timeline.events[end].fact { lanes.append(lane) }
      guard lanes.count <= Self.mostTasks else { return nil }
      end += 1
    }
    return (lanes, end)
  }

  private func isPart(_ event: Int, by maker: LaneID) -> Bool {
    switch timeline.events[event].fact {
    case .taskCreated(_, _, _, by: maker): true
    case .handleScheduled(_, _, let cause): cause.kind == .taskCreated
    default: false
    }
  }

  /// What is known to do so, if that is what the tasks were made for.
  private func reason(before event: Int) -> String {
    var event = event
    let known = min(cursor, timeline.events.count)
    // A time limit is set before the future is made.
    if event < known, case .timerScheduled = timeline.events[event].fact { event += 1 }
    guard event < known, case .futureCreated(_, let kind, _) = timeline.events[event].fact
    else { return "" }
    let function: String
    switch timeline.text(kind) {
    case "wait": function = "Up to Python 3.10 wait()"
    case "gather": function = "Up to Python 3.6 gather()"
    case "as_completed": function = "as_completed()"
    default: return ""
    }
    return " \(function) makes tasks of bare coroutines by walking over a set, whose order is "
      + "arbitrary. Tasks made beforehand start in the order in which they were made."
  }

  /// `1st`, `22nd`, `13th`.
  private func ordinal(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    return switch (isTeen, number % 10) {
    case (false, 1): "\(number)st"
    case (false, 2): "\(number)nd"
    case (false, 3): "\(number)rd"
    default: "\(number)th"
    }
  }
}

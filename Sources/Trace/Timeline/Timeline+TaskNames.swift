extension Timeline {
  /// How often tasks were given names among the first `cursor` events. O(log tasks).
  package func namingCount(at cursor: Int) -> Int {
    taskCreations.count(at: cursor) + taskRenamings.count(at: cursor)
  }

  /// The events that gave a lane's task its names, among the first `cursor` events; the last tells
  /// the one that it has then. Empty where there is no task yet.
  package func namings(of lane: Lane, at cursor: Int) -> Namings {
    guard let made = lane.taskCreated, made < cursor else { return Namings() }
    let later = renamings[lane.task] ?? EventList()
    return Namings(made: made, later: later.prefix(later.count(at: cursor)))
  }

  /// The name that a lane's task has at a cursor; nil where there is no task yet. O(log names).
  package func taskName(of lane: Lane, at cursor: Int) -> TextID? {
    namings(of: lane, at: cursor).last.flatMap { events[$0].fact.taskName }
  }

  /// The name that the program gave a lane's task; nil where it is one of asyncio's own, `Task-7`, or
  /// the function's, as some libraries name theirs.
  package func givenName(of id: LaneID, at cursor: Int) -> String? {
    guard let lane = lane(id), let name = taskName(of: lane, at: cursor).map(text),
      !name.isEmpty, !name.hasPrefix("Task-")
    else { return nil }
    let function = text(lane.name).prefix { $0 != "(" }
    return name == function || name.hasSuffix(".\(function)") ? nil : name
  }

  /// A lane's label with the name that its task was given: `worker(…)#3 (fetch-2)`.
  package func fullLabel(of id: LaneID, at cursor: Int) -> String {
    let label = label(of: id)
    return givenName(of: id, at: cursor).map { "\(label) (\($0))" } ?? label
  }
}

/// The creation of a task, and where it was renamed after that. O(1) each.
package struct Namings: RandomAccessCollection {
  private let made: Int?
  private let later: EventList.SubSequence

  init(made: Int, later: EventList.SubSequence) {
    self.made = made
    self.later = later
  }

  /// Those of no task.
  package init() {
    made = nil
    later = EventList()[...]
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { made == nil ? 0 : later.count + 1 }

  /// The index of the event.
  package subscript(position: Int) -> Int {
    position > 0 ? later[later.startIndex + position - 1] : made ?? 0
  }
}

extension Fact {
  /// The name that it gives a task.
  package var taskName: TextID? {
    switch self {
    case .taskCreated(_, _, let name, _), .taskRenamed(_, let name, _): name
    default: nil
    }
  }
}

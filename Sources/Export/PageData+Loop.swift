import Insight
import TUI
import Trace

extension PageData {
  /// For each event that schedules a handle or sets a timer, what the loop pane says of it: what it
  /// does, why it is in the ready queue, and where it began. The page knows from that what stands
  /// in the queue, and which timers are set, at any moment.
  mutating func writeLoop(to pieces: inout TextPieces) throws {
    var began: [Int] = []
    var lastBegan = 0
    var words: [Int] = []
    var causes: [Int] = []
    var timers = (when: [Int64](), fired: [Int](), words: [Int]())
    var cancelled = (places: [Int](), after: [Int]())
    for event in timeline.events.indices {
      guard let id = timeline.events[event].fact.scheduled else { continue }
      // A number that was used before introduces nothing.
      let handle = timeline.handle(id).flatMap { $0.scheduled == event ? $0 : nil }
      words.append(handle == nil ? 0 : strings.place(of: timeline.words(for: id)))
      causes.append(handle == nil ? 0 : strings.place(of: timeline.cause(of: id)))
      began.append(handle?.began.map { $0 - lastBegan } ?? 0)
      lastBegan = handle?.began ?? lastBegan
      if let event = handle?.cancelled {
        cancelled.places.append(words.count - 1)
        cancelled.after.append(event - (handle?.scheduled ?? 0))
      }
      guard case .timerScheduled(_, let when, _) = timeline.events[event].fact else { continue }
      timers.when.append(when)
      timers.fired.append(handle?.entered.map { $0 - event } ?? 0)
      timers.words.append(handle == nil ? 0 : strings.place(of: timeline.wordsOfTimer(id)))
    }
    try pieces.line("\"handles\": {\"began\": \(column(began)),")
    try pieces.line("\"words\": \(column(words)),")
    try pieces.line("\"cause\": \(column(causes)),")
    try pieces.line("\"cancelled\": \(differences(cancelled.places)),")
    try pieces.line("\"cancelledAfter\": \(column(cancelled.after))},")
    try pieces.line("\"timers\": {\"when\": \(differences(timers.when)),")
    try pieces.line("\"fired\": \(column(timers.fired)),")
    try pieces.line("\"words\": \(column(timers.words))},")
    try writeResources(to: &pieces)
  }

  /// For each lock, queue and the like, and each change of it, how much is in use, and how many
  /// stand in line.
  private mutating func writeResources(to pieces: inout TextPieces) throws {
    let resources = timeline.resources(at: timeline.events.count, limit: .max)
    let changes = resources.isEmpty ? [:] : changesOfResources()
    let waiting = resources.isEmpty ? [:] : changesOfWaiting()
    var rows: [String] = []
    for resource in resources {
      let differences = waiting[resource.id] ?? [:]
      let later = (changes[resource.id] ?? []).filter { $0 > resource.created }
      let events = Set(withDrops([resource.created] + later)).union(differences.keys).sorted()
      var count = 0
      let entries = events.flatMap { event in
        count += differences[event] ?? 0
        let use = timeline.use(of: resource, at: event + 1) ?? "unknown"
        return [event, strings.place(of: use), count]
      }
      let name = strings.place(of: timeline.label(of: resource.id))
      rows.append(column([name] + entries))
    }
    try pieces.line("\"resources\": [\(rows.joined(separator: ",\n"))],")
  }

  /// For each lock, queue and the like, by how many more or less stand in line after an event.
  private func changesOfWaiting() -> [ResourceID: [Int: Int]] {
    var changes: [ResourceID: [Int: Int]] = [:]
    for (lane, _) in lanes {
      let states = timeline.changes(of: lane).map(Array.init) ?? []
      for (place, change) in states.enumerated() where change.state.isSuspended {
        guard case .coroutineSuspended(_, let wait, _) = timeline.events[change.event].fact,
          let resource = timeline.resource(behind: wait.future)
        else { continue }
        let next = place + 1 < states.count ? states[place + 1].event : .max
        let end = min(next, timeline.future(wait.future)?.resolved ?? .max)
        guard end > change.event else { continue }
        changes[resource.id, default: [:]][change.event, default: 0] += 1
        if end < .max { changes[resource.id, default: [:]][end, default: 0] -= 1 }
      }
    }
    return changes
  }
}

extension Fact {
  /// The handle or timer that it introduces.
  fileprivate var scheduled: HandleID? {
    switch self {
    case .handleScheduled(let id, _, _), .timerScheduled(let id, _, _): id
    default: nil
    }
  }
}

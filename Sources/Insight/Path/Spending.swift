package import Trace

/// The parts of a path that are alike: the same lane in the same state at the same place.
package struct Spending: Equatable, Sendable {
  /// The longest of them, which stands for all.
  package internal(set) var part: CriticalPath.Part
  package internal(set) var nanoseconds: Int64
  package internal(set) var count: Int
}

extension Timeline {
  /// What the time of a path went to, the most first; what took no time is left out. O(parts × log events).
  package func spendings(on path: CriticalPath) -> [Spending] {
    var places: [Place: Int] = [:]
    var found: [Spending] = []
    for part in path.parts where part.nanoseconds > 0 {
      let place = place(of: part)
      if let index = places[place] {
        found[index].nanoseconds += part.nanoseconds
        found[index].count += 1
        if part.nanoseconds > found[index].part.nanoseconds { found[index].part = part }
      } else {
        places[place] = found.count
        found.append(Spending(part: part, nanoseconds: part.nanoseconds, count: 1))
      }
    }
    return found.enumerated()
      .sorted { ($1.element.nanoseconds, $0.offset) < ($0.element.nanoseconds, $1.offset) }
      .map(\.element)
  }

  private func place(of part: CriticalPath.Part) -> Place {
    var place = Place(lane: part.lane, state: part.state)
    let start = part.events.lowerBound
    if case .coroutineSuspended(_, let wait, let line) = events[start].fact {
      place.kind = wait.kind
      place.line = line
    } else if part.lane == .none, let callback = handle(part.handle)?.callback {
      place.callback = callback.kind
      place.name = callback.name
    }
    return place
  }
}

private struct Place: Hashable {
  var lane: LaneID
  var state: LaneState
  var kind = Wait.Kind.unknown
  var line: UInt32 = 0
  var callback: Callback.Kind?
  var name = TextID.empty
}

package import Trace

/// The parts of a path that are alike: calls of one function in one state at one place.
package struct Spending: Equatable, Sendable {
  /// The longest of them, which stands for all.
  package internal(set) var part: CriticalPath.Part
  package internal(set) var nanoseconds: Int64
  package internal(set) var count: Int
  /// Whose time they were.
  package internal(set) var lanes: Set<LaneID>

  init(_ part: CriticalPath.Part) {
    self.part = part
    nanoseconds = 0
    count = 0
    lanes = []
    add(part)
  }

  mutating func add(_ part: CriticalPath.Part) {
    nanoseconds += part.nanoseconds
    count += 1
    lanes.insert(part.lane)
    if part.nanoseconds > self.part.nanoseconds { self.part = part }
  }
}

extension Timeline {
  /// What the time of a path went to, the most first; what took no time is left out. O(parts × log events).
  package func spendings(on path: CriticalPath) -> [Spending] { spendings(in: path.parts) }

  func spendings(in parts: [CriticalPath.Part]) -> [Spending] {
    var places: [SpendingKey: Int] = [:]
    var found: [Spending] = []
    for part in parts where part.nanoseconds > 0 {
      let key = key(of: part)
      if let index = places[key] {
        found[index].add(part)
      } else {
        places[key] = found.count
        found.append(Spending(part))
      }
    }
    return found.enumerated()
      .sorted { ($1.element.nanoseconds, $0.offset) < ($0.element.nanoseconds, $1.offset) }
      .map(\.element)
  }

  /// `meow(…) SLEEPING, at line 5 (3 times, 2 lanes)`.
  package func words(for spending: Spending) -> String {
    let lanes = spending.lanes.count
    let counts = [
      spending.count > lanes ? "\(spending.count) times" : nil, lanes > 1 ? "\(lanes) lanes" : nil,
    ].compactMap(\.self)
    let times = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
    let lane = spending.part.lane
    let name = lane == .none ? nil : lanes > 1 ? function(of: lane) : label(of: lane)
    return words(for: spending.part, of: name, namesBlocker: spending.count == 1) + times
  }

  /// A lane's name without its arguments: `meow(…)`.
  func function(of lane: LaneID) -> String {
    let name = self.lane(lane).map { text($0.name) } ?? ""
    guard let arguments = name.firstIndex(of: "("), name.hasSuffix(")"), !name.hasSuffix("()")
    else { return name }
    return name[..<arguments] + "(…)"
  }

  private func key(of part: CriticalPath.Part) -> SpendingKey {
    var key = SpendingKey(state: part.state, isDue: isDue(part))
    if let lane = self.lane(part.lane) {
      key.site = lane.site
      key.function = function(of: part.lane)
    }
    if part.state.isSuspended,
      case .coroutineSuspended(_, let wait, let line) = events[part.cause].fact
    {
      key.kind = wait.kind
      key.line = line
    } else if part.lane == .none, let callback = handle(part.handle)?.callback {
      key.callback = callback.kind
      key.name = callback.name
      if callback.kind != .function { key.row = part.row }
    }
    return key
  }
}

/// In what parts are alike.
private struct SpendingKey: Hashable {
  var state: LaneState
  var isDue: Bool
  var site = Site.unknown
  var function = ""
  var kind = Wait.Kind.unknown
  var line: UInt32 = 0
  var callback: Callback.Kind?
  var name = TextID.empty
  var row = LaneID.none
}

import Trace

extension StateReasons {
  /// How far those that it waits for have come, where they are several.
  func progress(of wait: Wait, _ lane: LaneID) -> String {
    if timeline.isResolved(wait.future, at: cursor) {
      return "; that is done, its wakeup comes next"
    }
    let own = timeline.task(around: lane, at: cursor)
    let members = members(behind: wait.future)
    guard !members.isEmpty else { return "" }
    let open = members.filter { !timeline.isResolved($0, at: cursor) }
    let shown = open.prefix(5).map { member -> String in
      guard let lane = timeline.future(member)?.lane, timeline.lane(lane) != nil else {
        return timeline.label(of: member)
      }
      if member == own { return "\(timeline.label(of: lane)) itself" }
      let words = (2...3).contains(open.count) ? words(forOpen: lane) : state(of: lane).word
      return "\(timeline.label(of: lane)) (\(words))"
    }
    if members.count == 1, let only = shown.first { return ": \(only)" }
    var text = ": \(members.count - open.count) of \(members.count) \(isPast ? "were" : "are") done"
    if !shown.isEmpty { text += "; open: \(shown.joined(separator: ", "))" }
    if open.count > shown.count { text += " and \(open.count - shown.count) more" }
    return text
  }

  /// The members of a future, or of the one that is its only member: a `wait_for()` of a gather.
  private func members(behind future: FutureID) -> [FutureID] {
    var members = timeline.members(of: future, at: cursor)
    for _ in 0..<linkLimit where members.count == 1 {
      let inner = timeline.members(of: members[0], at: cursor)
      guard !inner.isEmpty else { break }
      members = inner
    }
    return members
  }

  /// What one of a few open members waits for: its own state, or that of the coroutine to which its
  /// direct awaits lead.
  private func words(forOpen lane: LaneID) -> String {
    var inner = lane
    for _ in 0..<linkLimit where state(of: inner) == .awaiting {
      guard let next = timeline.awaited(by: inner, at: cursor).first else { break }
      inner = next
    }
    let place = inner == lane ? "" : "in \(timeline.label(of: inner)), "
    return place + held(timeline.stateWords(of: inner, at: cursor))
  }

  private func state(of lane: LaneID) -> LaneState { timeline.state(of: lane, at: cursor) }
}

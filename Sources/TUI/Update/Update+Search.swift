import Trace

extension Model {
  /// Goes to the next or previous event that has the text searched for. Behind the last that is known the
  /// search goes on from the start, and before the first from the end, and says so.
  mutating func goToMatch(forward: Bool) -> [Effect] {
    guard !search.isEmpty else {
      message = "Nothing to search for yet: / asks for a text."
      return []
    }
    let matcher = EventMatcher(search, in: timeline)
    let before = 0..<max(0, cursor - 1)
    let after = cursor..<timeline.events.count
    let ahead =
      forward ? after.first(where: matcher.matches) : before.last(where: matcher.matches)
    lazy var round =
      forward ? before.first(where: matcher.matches) : after.last(where: matcher.matches)
    let here = cursor > 0 && matcher.matches(cursor - 1) ? cursor - 1 : nil
    guard let found = ahead ?? round ?? here else {
      message = "'\(search)' is nowhere in what is known of the run."
      return []
    }
    let effects = found == here ? [] : seek(to: found + 1)
    // Who searches for a lane looks at it from here on.
    if let lane = timeline.events[found].fact.lane, matcher.names(lane) { chosen = lane }
    guard found != here else {
      message = "'\(search)' is nowhere else in what is known of the run."
      return effects
    }
    tellEvent()
    if ahead == nil {
      let turn = "Searched on from the \(forward ? "start" : "end")"
      message = message.map { "\(turn): \($0)" } ?? "\(turn)."
    }
    return effects
  }
}

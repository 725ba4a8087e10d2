package import Trace

extension Timeline {
  /// A lane's state in a few words, with what it is for: `waiting for room in queue 1 (3 of 3 items)`,
  /// `SLEEPING until 3.007 s`, `failed: ValueError: no`.
  package func stateWords(of lane: LaneID, at cursor: Int) -> String {
    guard let change = change(of: lane, at: cursor) else { return "" }
    let word = change.state.word
    if change.state == .unfinished {
      return "\(word): \(stateWords(of: lane, at: change.event))"
    }
    let words =
      switch events[change.event].fact {
      case .coroutineSuspended(_, let wait, _) where change.state == .sleeping:
        timer(of: wait.future)?.when.map { "\(word) until \(seconds($0))" } ?? word
      case .coroutineSuspended(_, let wait, _) where change.state == .waiting:
        "\(word) \(phrase(wait, at: cursor))"
      case .coroutineAwaited(_, let inner, _): "\(word) \(label(of: inner))"
      case .coroutineReturned(_, let value) where value != .empty: "\(word): \(text(value))"
      case .coroutineRaised(_, let exception, _): "\(word): \(text(exception))"
      case .coroutineCancelled:
        cancellation(of: lane, before: change.event)
          .map { cancellation in
            cancellation.cause.map { "\(word): \($0)" } ?? "\(word) \(cancellation.source)"
          } ?? word
      default: word
      }
    return plain(words)
  }
}

package import Trace

extension Timeline {
  /// Whose time a part was and what for: `meow(3) SLEEPING, at line 5`, `main() ready, while the next step of
  /// burn() took 0.501 s`.
  package func words(for part: CriticalPath.Part) -> String {
    let who = part.lane == .none ? "" : "\(label(of: part.lane)) "
    switch part.state {
    case .unknown: return plain("what came from outside the loop")
    case .running, .ready:
      guard part.lane == .none else {
        return plain(who + part.state.word + (part.state == .ready ? blocker(of: part) : ""))
      }
      let what = handle(part.handle).map { phrase($0) } ?? "a callback"
      return plain("\(what) \(part.state == .ready ? "in the ready queue" : part.state.word)")
    case .sleeping, .waiting: return plain(who + suspension(in: part))
    default: return plain(who + part.state.word)
    }
  }

  private func suspension(in part: CriticalPath.Part) -> String {
    let start = part.events.lowerBound
    let place = place(line: line(of: part.lane, at: start + 1), of: part.lane)
    if case .coroutineSuspended(_, let wait, _) = events[start].fact {
      return part.state == .sleeping
        ? part.state.word + place : "\(part.state.word) \(phrase(wait, at: start + 1))\(place)"
    }
    // It set a timer and went on, or never was a lane.
    let what = handle(part.handle).map { phrase($0) } ?? "a timer"
    return part.lane == .none ? "the timer for \(what)" : "set a timer for \(what)"
  }

  /// The step for which a ready lane had to wait, where that was most of the time.
  private func blocker(of part: CriticalPath.Part) -> String {
    let first = steps(at: part.events.lowerBound + 1)
    let last = steps(at: part.events.upperBound)
    guard part.nanoseconds >= Self.shortestBlocker, last - first < Self.mostBlockers else {
      return ""
    }
    var longest: (time: Int64, handle: Handle)?
    for step in first...max(first, last) {
      guard let handle = handle(ofStep: step).flatMap(handle), let began = handle.began else {
        continue
      }
      let end = handle.ended.map { events[$0].time } ?? part.times.upperBound
      let time =
        min(end, part.times.upperBound) - max(events[began].time, part.times.lowerBound)
      if time > longest?.time ?? 0 { longest = (time, handle) }
    }
    guard let longest, longest.time > part.nanoseconds / 2 else { return "" }
    return ", while \(phrase(longest.handle)) took \(seconds(longest.time))"
  }

  /// Among more steps than this none is looked for.
  private static let mostBlockers = 1000
  /// Steps shorter than this, in nanoseconds, are not worth a name.
  private static let shortestBlocker: Int64 = 1_000_000
}

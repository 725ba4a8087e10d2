package import Trace

extension Timeline {
  /// Whose time a part was and what for: `meow(3) SLEEPING, at line 5`, `main() ready, while the next step of
  /// burn() took 0.501 s`.
  package func words(for part: CriticalPath.Part) -> String {
    words(for: part, of: part.lane == .none ? nil : label(of: part.lane))
  }

  /// The same with another name for the lane, nil for none.
  ///
  /// - Parameter namesBlocker: whether the step is named for which it had to wait.
  func words(
    for part: CriticalPath.Part, of name: String?, namesBlocker: Bool = true
  ) -> String {
    let blocker = namesBlocker ? blocker(of: part) : ""
    let who = name.map { "\($0) " } ?? ""
    switch part.state {
    case .unknown: return "what came from outside the loop"
    case .running, .ready:
      let word = isDue(part) ? "due" : part.state.word
      guard name == nil else { return plain("\(who)\(word)\(blocker)") }
      let what = handle(part.handle).map { phrase($0) } ?? "a callback"
      return plain("\(what) \(word == "ready" ? "in the ready queue" : word)\(blocker)")
    case .sleeping, .waiting: return plain(who + suspension(in: part, blocker))
    default: return plain(who + part.state.word)
    }
  }

  /// Whether its deadline had passed, and the loop had not come to see it yet.
  func isDue(_ part: CriticalPath.Part) -> Bool {
    guard part.state == .ready, let timer = handle(part.handle), timer.when != nil else {
      return false
    }
    return timer.entered.map { $0 >= part.events.upperBound } ?? true
  }

  private func suspension(in part: CriticalPath.Part, _ blocker: String) -> String {
    let timer = handle(part.handle)
    guard case .coroutineSuspended(_, let wait, _) = events[part.cause].fact else {
      // It set a timer and went on, or never was a lane.
      let what = timer.map { phrase($0) } ?? "a timer"
      guard part.lane != .none else { return "the timer for \(what)" }
      let isTimeout = part.state == .waiting
      return isTimeout
        ? "\(part.state.word), until its time was up\(lastWait(in: part))"
        : "set a timer for \(what)"
    }
    let place = place(line: line(of: part.lane, at: part.cause + 1), of: part.lane)
    if part.state == .sleeping { return part.state.word + place }
    let hadLimit = timer?.when != nil && timer?.callback.kind != .function
    let end = hadLimit ? ", until its time was up" : blocker
    return "\(part.state.word) \(phrase(wait, at: part.cause + 1))\(place)\(end)"
  }

  /// `, at last for an item in queue 1, at line 12`: what a time limit over several waits has ended.
  private func lastWait(in part: CriticalPath.Part) -> String {
    let end = part.events.upperBound
    guard let leaf = directChain(from: part.lane, at: end).last, let wait = wait(of: leaf, at: end),
      let change = change(of: leaf, at: end)
    else { return "" }
    let place = place(line: line(of: leaf, at: end), of: leaf)
    return ", at last \(phrase(wait, at: change.event + 1))\(place)"
  }

  /// The step that kept the loop from what it was ready for, where one took most of the time; or several of
  /// one function.
  private func blocker(of part: CriticalPath.Part) -> String {
    let first = steps(at: part.events.lowerBound + 1)
    let last = steps(at: part.events.upperBound)
    guard part.state != .running, part.nanoseconds >= Self.shortestBlocker,
      last - first < Self.mostBlockers
    else { return "" }
    var blockers: [String: (time: Int64, count: Int, handle: Handle)] = [:]
    for step in max(1, first)...max(1, first, last) {
      guard let handle = handle(ofStep: step).flatMap(handle), let began = handle.began else {
        continue
      }
      let end = handle.ended.map { events[$0].time } ?? part.times.upperBound
      let time =
        min(end, part.times.upperBound) - max(events[began].time, part.times.lowerBound)
      guard time > 0 else { continue }
      let lane = future(handle.callback.future)?.lane ?? .none
      let name = lane == .none ? phrase(handle) : function(of: lane)
      let others = blockers[name] ?? (0, 0, handle)
      blockers[name] = (others.time + time, others.count + 1, others.handle)
    }
    guard let longest = blockers.max(by: { $0.value.time < $1.value.time }),
      longest.value.time > part.nanoseconds / 2
    else { return "" }
    let what =
      longest.value.count > 1
      ? "\(longest.value.count) steps of \(longest.key)" : phrase(longest.value.handle)
    return ", while \(what) took \(seconds(longest.value.time))"
  }

  /// Among more steps than this none is looked for.
  private static let mostBlockers = 1000
  /// Steps shorter than this, in nanoseconds, are not worth a name.
  private static let shortestBlocker: Int64 = 1_000_000
}

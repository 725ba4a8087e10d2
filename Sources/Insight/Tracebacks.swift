import Trace

extension Timeline {
  /// `load(2) raised it first, in step 4 (at line 10)`, and the event in which it did, of a lane that
  /// ended with an exception of another one's: whose coroutine or task it awaited, and so on inwards. Of a group
  /// it is one of those in it, which is then named. Nil for a lane that raised it itself. O(depth × log changes).
  func firstRaise(of lane: LaneID, at cursor: Int) -> (clause: String, event: Int)? {
    guard let failure = failure(of: lane, at: cursor),
      let event = firstRaise(behind: failure.event),
      case .coroutineRaised(let inner, let exception, let traceback) = events[event].fact
    else { return nil }
    let it = text(exception) == text(failure.exception) ? "it" : text(exception)
    let step = tellsNoSteps ? "" : ", in step \(steps(at: event + 1))"
    let what = "raised \(it) first\(step)\(raised(in: traceback, of: inner))"
    return ("\(label(of: inner)) \(what)", event)
  }

  /// `: load(2) raised it first, in step 4 (at app.py:10)`, of the exception that ended the run.
  func raiseOfFault(at cursor: Int) -> String {
    guard let event = lastRaiseOfFault(at: cursor),
      case .coroutineRaised(let lane, _, let traceback) = events[event].fact
    else { return "" }
    return firstRaise(of: lane, at: cursor).map { ": \($0.clause)" }
      ?? raised(in: traceback, of: lane)
  }

  /// The end of the lane with whose exception the run ended; looked for in its last thousand events.
  func lastRaiseOfFault(at cursor: Int) -> Int? {
    guard let fault = fault(at: cursor) else { return nil }
    let end = min(cursor, events.count)
    return (max(0, end - 1000)..<end).last { isRaise($0, of: fault) }
  }

  private func firstRaise(behind event: Int) -> Int? {
    var first: Int?
    while let inner = raises(passedOnAt: first ?? event).first { first = inner }
    return first
  }

  /// The end of the lane whose exception another one ended with: of the one that it awaited, of its task, or of
  /// an async generator that it asked for a value; of a group those of all that are in it. They lie before the
  /// event, and in their order. O(log changes), and of a group O(1) for each of 1,000 events.
  func raises(passedOnAt event: Int) -> [Int] {
    guard case .coroutineRaised(let lane, let exception, _) = events[event].fact,
      let running = change(of: lane, at: event), running.state == .running
    else { return [] }
    let said = text(exception)
    if case .coroutineRaised = events[running.event].fact {
      return isRaise(running.event, of: said) ? [running.event] : []
    }
    if let generator = generator(endedBefore: event, with: exception) { return [generator] }
    if isGroup(said) { return children(of: lane, failedBefore: event, in: said) }
    guard case .coroutineResumed(lane) = events[running.event].fact,
      let wait = wait(of: lane, before: running.event)
    else { return [] }
    let ends = ([wait.future] + members(of: wait.future, at: running.event).prefix(100))
      .compactMap { lastChange(ofTask: $0, before: running.event) }
    return ends.filter { isRaise($0, of: said) }.min().map { [$0] } ?? []
  }

  /// The ends of coroutines that a lane had made, with exceptions of a group: who fails first is no member any more of
  /// what the group's block waits for in the end. The last thousand events are looked at.
  private func children(of lane: LaneID, failedBefore event: Int, in said: String) -> [Int] {
    (max(0, event - 1000)..<event).filter { earlier in
      guard case .coroutineRaised(let child, _, _) = events[earlier].fact,
        self.lane(child)?.parent == lane
      else { return false }
      return isRaise(earlier, of: said)
    }
  }

  private func isGroup(_ exception: String) -> Bool {
    exception.prefix { $0 != ":" }.hasSuffix("ExceptionGroup")
  }

  /// The end of an async generator whose consumer ended at once with its exception.
  private func generator(endedBefore event: Int, with exception: TextID) -> Int? {
    var before = event - 1
    while before >= 0, case .sourceRead = events[before].fact { before -= 1 }
    guard before >= 0, case .coroutineRaised(let lane, exception, _) = events[before].fact,
      isGenerator(lane)
    else { return nil }
    return before
  }

  /// What a lane waited for that then was ready, and went on in an event.
  private func wait(of lane: LaneID, before event: Int) -> Wait? {
    var event = event
    for _ in 0..<2 {
      guard let change = change(of: lane, at: event) else { return nil }
      if case .coroutineSuspended(lane, let wait, _) = events[change.event].fact { return wait }
      event = change.event
    }
    return nil
  }

  /// The last change of a task's coroutine before an event.
  private func lastChange(ofTask id: FutureID, before event: Int) -> Int? {
    future(id).flatMap { change(of: $0.lane, at: event) }.map(\.event)
  }

  /// Whether a lane ended in an event with an exception, or with one that is in this group.
  private func isRaise(_ event: Int, of said: String) -> Bool {
    guard case .coroutineRaised(_, let exception, _) = events[event].fact else { return false }
    let inner = text(exception)
    return inner == said || isGroup(said) && said.contains(inner)
  }

  /// ` (at line 14)`, ` (in parse() at app.py:4, called at line 10)`: where an exception was raised that ended a
  /// lane, in the innermost function that is the program's own; empty where that is unknown.
  func raised(in traceback: TextID, of lane: LaneID) -> String {
    let frames = stack(traceback)
    guard let own = frames.last, let innermost = frames.first else { return "" }
    let place = place(line: own.line, of: lane).dropFirst(2)
    guard frames.count > 1 else { return " (\(place))" }
    let frame = ownFrame(in: frames, of: lane, own: ownFiles) ?? innermost
    let inside = frame == innermost ? "" : innermost.insideClause
    return frame == own
      ? " (\(place)\(inside))"
      : " (in \(frame.name) at \(frame.place)\(inside), called at \(own.place))"
  }
}

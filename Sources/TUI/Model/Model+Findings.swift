import Insight
import Trace

/// What is wrong with the program at the moment shown.
extension Model {
  /// How many things are wrong with the program at the moment shown; not with its recording.
  package var findingCount: Int {
    timeline.complaintCount(at: cursor) + standstills.count
      + (timeline.fault(at: cursor) == nil ? 0 : 1)
  }

  /// Whether there is something to say in the findings pane, which is not open.
  var hidesFindings: Bool {
    (findingCount > 0 || !remarks.isEmpty || !losses.isEmpty) && !panes.contains(.findings)
  }

  /// What the recorder had to say of what it cannot see, up to the moment shown. It says each only
  /// once, but a recording may come from elsewhere, and this is asked for each frame.
  var remarks: [String] { timeline.remarks(at: cursor, limit: 8).map(plain) }

  /// That events were lost up to the moment shown, in a sentence.
  var losses: [String] {
    let lost = timeline.moment(at: cursor).dropped
    return lost > 0 ? ["\(timeline.sentence(forLoss: lost))."] : []
  }

  /// Finds out whether anything can still happen, and who waits for one another. O(lanes) while the
  /// loop idles without a timer, else O(locks × log events).
  mutating func judge() {
    if let judged, judged == (cursor, timeline.events.count) { return }
    judged = (cursor, timeline.events.count)
    standstills = Insight.standstills(
      at: cursor, in: timeline, sources: timeline.sourceTexts(with: header))
  }

  /// Tells the user of a standstill, once, when it has lasted so long that it is none of the
  /// moments between two steps.
  mutating func tellStandstill() {
    guard isAtLiveEdge, let standstill = standstills.last, let event = standstill.event,
      toldStandstill != event, player.time - timeline.events[event].time > Self.patience
    else { return }
    toldStandstill = event
    message = standstill.text
  }

  /// For how many nanoseconds a real loop has been in one step, which tells nothing before its end;
  /// nil where that is not long, or where it idles.
  var silence: Int64? {
    let silence = player.time - timeline.time(at: timeline.cursorBeforeStacks(at: cursor))
    guard followsLoop, stopped == nil, silence > Self.patience,
      timeline.readyQueue(at: cursor, limit: 0).count > 0
        || timeline.moment(at: cursor).handle != .none
    else { return nil }
    return silence
  }

  /// Tells the user, once, that a step blocks the loop.
  mutating func tellSilence() {
    let last = timeline.cursorBeforeStacks(at: cursor)
    guard let silence, toldSilence != last else { return }
    toldSilence = last
    let current = timeline.moment(at: cursor).handle
    let running =
      current == .none ? timeline.readyQueue(at: cursor, limit: 1).handles.first : current
    guard let handle = running.flatMap(timeline.handle) else { return }
    let step = "The loop has been in one step for \(seconds(silence))"
    let seen = timeline.sightingClause(in: last..<cursor, of: handle.id)
    message =
      seen.map { "\(step): \(timeline.phrase(handle)), \($0)." }
      ?? "\(step), probably \(timeline.phrase(handle))\(innermost(handle))."
  }

  /// `, in inner()`: which coroutine goes on in a task's step, where that is not the task's own.
  private func innermost(_ handle: Handle) -> String {
    guard [.step, .wakeup].contains(handle.callback.kind),
      let own = timeline.future(handle.callback.future)?.lane, timeline.lane(own) != nil,
      let inner = timeline.awaitChain(of: own, at: cursor).last, inner != own
    else { return "" }
    return ", in \(timeline.label(of: inner))"
  }

  /// Tells the user that a step that was asked of the source comes later, if at all.
  mutating func tellThatStepWaits() {
    guard isAtEdge, !timeline.tellsNoSteps, timeline.moment(at: cursor).handle == .none,
      timeline.readyQueue(at: cursor, limit: 0).count == 0
    else { return }
    message = standstills.first { $0.event == cursor - 1 }?.text ?? Self.nothingReady
  }

  static let nothingReady = "Nothing is ready: the step comes with the next handle."

  /// In nanoseconds.
  private static let patience: Int64 = 500_000_000
}

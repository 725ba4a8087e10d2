import Insight
import Trace

extension Model {
  /// Answers an input.
  ///
  /// - Returns: what is to be done outside, in order.
  package mutating func update(_ input: Input) -> [Effect] {
    defer { refresh() }
    switch input {
    case .resize(let size):
      self.size = size
      return []
    case .focus: return []
    case .paste(let text):
      guard var prompt else { return [] }
      prompt.insert(text)
      change(prompt)
      return []
    case .mouse(let mouse): return update(mouse)
    case .key(let key):
      message = nil
      if prompt != nil { return type(key) }
      if let overlay { return scroll(overlay, key) }
      return press(key)
    }
  }

  /// Lets the user's time pass.
  ///
  /// - Parameter nanoseconds: since this was last called.
  package mutating func pass(nanoseconds: Int64) -> [Effect] {
    defer { refresh() }
    if awaited != nil { return isLive && !hasEnded ? [.step] : [] }
    guard player.isPlaying else { return [] }
    player.advance(by: nanoseconds, in: timeline)
    guard isAtEdge else { return [] }
    if isLive && !hasEnded {
      tellStandstill()
      tellSilence()
      return [.run(until: player.time)]
    }
    if hasEnded {
      player.settle(in: timeline)
      player.pause()
      message = endMessage
    }
    return []
  }

  /// The end, and where to go from there. The axis may show the last of the run only.
  private var endMessage: String {
    guard LanesPlan(self, in: layout.lanes).window.left > 0 else {
      return "The run has ended. Home goes back to its start"
        + (hidesFindings ? ", i shows the findings." : ".")
    }
    return "The run has ended. a shows all of it, Home its start"
      + (hidesFindings ? ", i the findings." : ".")
  }

  /// Whether anything will change without the user: if not, nobody has to wake up.
  package var isMoving: Bool { player.isPlaying || awaited != nil }

  // MARK: Moving in the run

  mutating func togglePlaying() -> [Effect] {
    guard !player.isPlaying else { return pause() }
    if isAtEdge && hasEnded {
      message = "This is the end of the run. Home goes back to its start, r runs it again."
      return []
    }
    awaited = nil
    player.play()
    return []
  }

  mutating func pause() -> [Effect] {
    let wasMoving = isMoving
    awaited = nil
    player.pause()
    return wasMoving && isLive ? [.hold] : []
  }

  /// One step or one event forward: in the timeline where it is known, else by the source.
  mutating func forward(_ unit: Awaited) {
    switch unit {
    case .step:
      player.seek(to: timeline.cursor(afterStepFrom: cursor), in: timeline)
    case .event:
      player.seek(to: cursor + 1, in: timeline)
      tellEvent()
    }
  }

  /// What has happened last at the cursor, for who goes from event to event without seeing their list. At the
  /// start nothing is said: its picture is always the same.
  mutating func tellEvent() {
    let isSeen = layout.panes.contains { $0.pane == .events }
    guard !isSeen, cursor > 0, cursor != timeline.endOfPrologue else { return }
    message = timeline.sentence(forEvent: cursor - 1)
  }

  mutating func stepForward(_ unit: Awaited) -> [Effect] {
    let effects = pause()
    let unit = isAtEdge ? unit : unitTold(for: unit)
    if isKnown(unit) {
      forward(unit)
    } else if isLive && !hasEnded {
      awaited = unit
      tellThatStepWaits()
      return effects + [.step]
    } else {
      message = "This is the end of the run."
    }
    return effects
  }

  /// Whether going on by one is a matter of the timeline only. What a program does between two
  /// handles may have come by itself: that alone is no step.
  private func isKnown(_ unit: Awaited) -> Bool {
    guard unit == .step, isLive, !hasEnded else { return !isAtEdge }
    return timeline.steps(at: cursor) < timeline.stepCount
      || !isAtEdge && timeline.moment(at: cursor).handle != .none
  }

  /// Where no steps are told, one goes by events instead.
  private func unitTold(for unit: Awaited) -> Awaited { timeline.tellsNoSteps ? .event : unit }

  mutating func stepBack(_ unit: Awaited) -> [Effect] {
    let isStep = unitTold(for: unit) == .step
    let target = isStep ? timeline.previousStep(before: cursor) : cursor - 1
    // At the start nothing is said: its picture is always the same.
    guard target >= 0 && target < cursor else { return pause() }
    let effects = seek(to: target)
    if !isStep { tellEvent() }
    return effects
  }

  /// Goes anywhere, and stays there.
  mutating func seek(to cursor: Int) -> [Effect] {
    let effects = pause()
    player.seek(to: cursor, in: timeline)
    return effects
  }

  mutating func seek(toFraction fraction: Double) -> [Effect] {
    let effects = seek(to: timeline.cursor(atFraction: min(max(0, fraction), 1)))
    tellPlace()
    return effects
  }

  private mutating func tellPlace() {
    message =
      timeline.tellsNoSteps
      ? "event \(cursor) of \(timeline.events.count)"
      : "step \(timeline.steps(at: cursor)) of \(timeline.stepCount)"
  }

  /// Goes a part of the run forward or back, and in a short run at least one step.
  mutating func seekPage(_ part: Double) -> [Effect] {
    let start = cursor
    let effects = seek(toFraction: fraction + part)
    guard part > 0, cursor <= start else { return effects }
    let next =
      timeline.tellsNoSteps
      ? min(start + 1, timeline.events.count)
      : timeline.nextStep(after: start) ?? timeline.events.count
    player.seek(to: next, in: timeline)
    tellPlace()
    return effects
  }

  /// Where the cursor stands in the run as far as it is known: 0 to 1.
  var fraction: Double {
    timeline.events.isEmpty ? 0 : Double(cursor) / Double(timeline.events.count)
  }

  // MARK: Markers

  /// The user's markers and those that the program recorded.
  var allMarkers: [Int] {
    (markers + timeline.markers.map { $0 + 1 }).sorted()
  }

  mutating func toggleMarker() {
    if let place = markers.firstIndex(of: cursor) {
      markers.remove(at: place)
      message = "Marker taken away."
    } else {
      markers = (markers + [cursor]).sorted()
      message = "Marker set. [ and ] go from marker to marker."
    }
  }

  mutating func goToMarker(forward: Bool) -> [Effect] {
    let found =
      forward ? allMarkers.first { $0 > cursor } : allMarkers.last { $0 < cursor }
    guard let found else {
      message = forward ? "No marker after this." : "No marker before this."
      return []
    }
    return seek(to: found)
  }
}

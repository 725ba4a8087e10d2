extension Timeline {
  /// From so many nanoseconds on a step is long: asyncio's `slow_callback_duration`.
  package static let longStep: Int64 = 100_000_000

  /// Notes a step that took long, of the lane that was on the loop for most of it. In debug mode asyncio
  /// has warned of it already.
  mutating func noteIfLong(from began: Int, to ended: UInt32) {
    guard events[Int(ended)].time - events[began].time >= Self.longStep else { return }
    let isSaid =
      warnings.last.map { last in
        guard last > began, case .warned(let text, _) = events[last].fact else { return false }
        return ["SlowCallback", "Executing"].contains { self.text(text).hasPrefix($0) }
      } ?? false
    guard !isSaid else { return }
    longSteps.append(ended)
    complaints[busiestLane(in: began..<Int(ended)), default: EventList()].append(ended)
  }

  /// The lane that a long step is about, `.none` where only a callback ran.
  package func laneOfLongStep(endingAt ended: Int) -> LaneID {
    guard case .handleEnded(let id) = events[ended].fact, let began = handle(id)?.began else {
      return .none
    }
    return busiestLane(in: began..<ended)
  }

  /// The lane whose code was on the loop for most of a step, which need not have been long: from the event
  /// with which it began to that with which it ended, or to the last of it.
  package func laneOfStep(from began: Int, to ended: Int) -> LaneID {
    busiestLane(in: began..<max(began, ended))
  }

  /// Whether handles of another loop ran during a step, in a thread of its own or within the step.
  package func hasOthers(in step: Range<Int>) -> Bool {
    events[step].dropFirst().contains { if case .handleBegan = $0.fact { true } else { false } }
  }

  private func busiestLane(in step: Range<Int>) -> LaneID {
    if hasOthers(in: step) {
      guard case .handleBegan(let id) = events[step.lowerBound].fact, let handle = handle(id),
        [.step, .wakeup].contains(handle.callback.kind)
      else { return .none }
      return future(handle.callback.future)?.lane ?? .none
    }
    var times: [LaneID: Int64] = [:]
    let runners = runners(in: step)
    for (place, runner) in runners.enumerated() where runner.lane != .none {
      let end = place + 1 < runners.count ? runners[place + 1].event : step.upperBound
      times[runner.lane, default: 0] += events[end].time - events[runner.event].time
    }
    return times.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? .none
  }
}

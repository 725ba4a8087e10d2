import Trace

/// Tells the step and the tick of one event after the other, in O(1) each.
struct StepCounter {
  private let timeline: Timeline
  private var step = 0
  private var nextStep: Int
  private var tick: UInt32 = 0

  init(_ timeline: Timeline) {
    self.timeline = timeline
    nextStep = timeline.cursor(afterSteps: 0)
  }

  /// - Precondition: the events are asked for in their order, none left out.
  mutating func place(of event: Int) -> (step: Int, tick: UInt32) {
    while step < timeline.stepCount, nextStep <= event {
      step += 1
      nextStep = timeline.cursor(afterSteps: step)
    }
    if case .tickBegan(let number) = timeline.events[event].fact { tick = number }
    return (step, tick)
  }
}

import Trace

/// A moment of a run as the command line writes it: `1.5s`, `3d 0:00:05`, `40%`, `step:12`, `event:31`.
enum When: Equatable {
  /// In nanoseconds.
  case time(Int64)
  case fraction(Double)
  case step(Int)
  case event(Int)

  init?(argument: String) {
    if argument.hasPrefix("step:"), let number = Int(argument.dropFirst(5)), number >= 0 {
      self = .step(number)
    } else if argument.hasPrefix("event:"), let number = Int(argument.dropFirst(6)), number >= 0 {
      self = .event(number)
    } else if argument.hasSuffix("%"), let percent = Double(argument.dropLast()),
      (0...100).contains(percent)
    {
      self = .fraction(percent / 100)
    } else if let time = Trace.time(of: argument) {
      self = .time(time)
    } else {
      return nil
    }
  }

  /// - Throws: a ``Failure`` that says how a moment is written.
  static func parse(_ text: String) throws -> When {
    guard let when = When(argument: text) else {
      throw Failure("a moment is written 1.5s, 1:00:05, 40%, step:12 or event:31.")
    }
    return when
  }

  /// The time of this moment in nanoseconds, where it may lie between two events of the run; nil else.
  func time(in timeline: Timeline) -> Int64? {
    guard case .time(let time) = self else { return nil }
    return min(time, timeline.time(at: timeline.events.count))
  }

  /// The cursor that shows this moment: everything that had happened by then.
  ///
  /// - Throws: a ``Failure`` for a step or an event that the run does not have.
  func cursor(in timeline: Timeline) throws -> Int {
    switch self {
    case .time(let time): return timeline.cursor(atTime: time)
    case .fraction(let fraction): return timeline.cursor(atFraction: fraction)
    case .step(let number):
      guard number <= timeline.stepCount else {
        throw Failure("There is no step \(number): the run has \(timeline.stepCount).")
      }
      return timeline.cursor(afterSteps: number)
    case .event(let number):
      guard number <= timeline.events.count else {
        throw Failure("There is no event \(number): the run has \(timeline.events.count).")
      }
      return number
    }
  }
}

package import Trace

/// Where in the run the view stands, and how it moves on.
package struct Player: Equatable, Sendable {
  /// How many events are shown as having happened.
  package private(set) var cursor = 0
  /// The moment shown, in nanoseconds since the start of the run: that of the last event, or later
  /// while time passes up to the next one.
  package private(set) var time: Int64 = 0
  package private(set) var isPlaying = false
  /// How fast time is shown: 1 is as it passed.
  package private(set) var speed = 1.0

  package static let speeds = (-6...10).map { exponent in
    exponent < 0 ? 1 / Double(1 << -exponent) : Double(1 << exponent)
  }

  package mutating func play() { isPlaying = true }

  package mutating func pause() { isPlaying = false }

  /// Goes to a cursor and shows the moment of its last event, or a later one up to the next.
  package mutating func seek(to cursor: Int, time: Int64 = 0, in timeline: Timeline) {
    self.cursor = min(max(0, cursor), timeline.events.count)
    self.time = max(time, timeline.time(at: self.cursor))
  }

  /// Lets time pass, and takes in the events up to it.
  ///
  /// - Parameter nanoseconds: of the user's time; the speed makes the run's time of it.
  package mutating func advance(by nanoseconds: Int64, in timeline: Timeline) {
    let span = Double(nanoseconds) * speed
    let later = time.addingReportingOverflow(Int64(min(max(0, span), 1e18)))
    time = later.overflow ? .max : later.partialValue
    take(in: timeline)
  }

  /// Takes in the events that have come up to the moment shown.
  package mutating func take(in timeline: Timeline) {
    cursor = max(cursor, timeline.cursor(atTime: time))
  }

  /// Shows the last event that is known, and not an earlier moment than now.
  package mutating func goToEdge(of timeline: Timeline) {
    cursor = timeline.events.count
    time = max(time, timeline.time(at: cursor))
  }

  /// Shows the moment at which a loop on a real clock stands, which no speed can change.
  package mutating func follow(realTime: Int64, in timeline: Timeline) {
    cursor = timeline.events.count
    time = max(realTime, timeline.time(at: cursor))
  }

  /// Takes back time that has passed since the last event: a run that has ended stands still.
  package mutating func settle(in timeline: Timeline) { time = timeline.time(at: cursor) }

  package mutating func setSpeed(_ speed: Double) {
    self.speed = min(max(speed, Self.speeds[0]), Self.speeds[Self.speeds.count - 1])
  }
}

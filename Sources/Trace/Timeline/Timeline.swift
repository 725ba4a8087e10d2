/// Everything that is known of one run, able to say how things stood after any of its events.
///
/// A timeline only grows. A **cursor** is a number of events applied, from 0 to `events.count`, so
/// that the event last applied is `events[cursor - 1]`. Nothing is replayed to look at a cursor:
/// every lane, handle and future keeps the indexes of the events that changed it, and what holds
/// at a cursor is found by binary search. Stepping back costs what stepping forward costs.
///
/// Recordings are untrusted. A fact that contradicts what came before it, or that is about
/// something never introduced, stays in `events` but has no effect and is counted in
/// ``contradictionCount``. No sequence of facts traps or takes more memory than its length.
package struct Timeline: Sendable {
  package private(set) var events: [Event] = []
  private(set) var texts = TextTable()

  var lanes = LaneLog()
  /// The event with which the first coroutine started.
  var firstStart = UInt32.absent
  var runners = RunnerLog()
  var futures = FutureLog()
  var resources = ResourceLog()
  var handles = HandleLog()
  var timers = TimerLog()
  var steps = StepLog()
  var sweeps = SweepLog()

  package internal(set) var ticks = EventList()
  package internal(set) var taskCreations = EventList()
  /// Where tasks got another name than they were made with.
  var taskRenamings = EventList()
  /// The same for each task that did.
  var renamings: [FutureID: EventList] = [:]
  package internal(set) var outputs = EventList()
  package internal(set) var warnings = EventList()
  /// The warnings with which a recorder tells of what it cannot see.
  var remarks = EventList()
  package internal(set) var exceptionReports = EventList()
  /// The ends of steps that took so long that others had to wait for it.
  package internal(set) var longSteps = EventList()
  /// Where it was told on which line a step stood.
  package internal(set) var stackSamples = EventList()
  /// Where tasks got a result although a CancelledError had been thrown into them.
  package internal(set) var refusals = EventList()
  /// The tasks of which it was said that they got a result although they were to be cancelled.
  var refused: Set<FutureID> = []
  /// Where futures got their results from another thread while the loop looked outside.
  package internal(set) var strays = EventList()
  /// Where tasks failed after the gather was over that waited for them.
  package internal(set) var lateFailures = EventList()
  /// Where a gather failed when more than one of its members had: see ``untoldGathers(at:)``.
  var untoldGathers = EventList()
  /// Where a lane came to wait for a task that waits for it: the ends of circles, as they were closed.
  package internal(set) var circles = EventList()
  /// Warnings, reported exceptions, long steps, refusals, strays and late failures by the
  /// lane that they are about.
  var complaints: [LaneID: EventList] = [:]
  package internal(set) var markers = EventList()
  package internal(set) var drops = EventList()

  /// The texts of files that came into play, by their names.
  var sources: [TextID: TextID] = [:]

  /// The number of facts without effect.
  package internal(set) var contradictionCount = 0

  package init() {}

  /// Adds what a source has handed out. Time never runs backwards here: an event that says so is
  /// given the time of the one before it.
  package mutating func append(_ batch: Batch) {
    for text in batch.texts { _ = texts.append(text) }
    var time = events.last?.time ?? 0
    for event in batch.events {
      guard events.count < Int(UInt32.absent) else { return }
      time = max(time, event.time)
      let index = UInt32(truncatingIfNeeded: events.count)
      events.append(Event(time: time, fact: event.fact))
      apply(event.fact, at: index)
    }
  }

  package func text(_ id: TextID) -> String { texts[id] }

  /// The identities of the texts for which a condition holds. O(texts).
  package func texts(where holds: (String) -> Bool) -> [TextID] { texts.identities(where: holds) }

  /// Everything that it was given, in one piece.
  package var batch: Batch { Batch(texts: texts.suffix(from: 1), events: events) }

  // MARK: Time

  /// Nanoseconds since the start of the run, 0 before its first event.
  package func time(at cursor: Int) -> Int64 {
    let cursor = min(cursor, events.count)
    return cursor > 0 ? events[cursor - 1].time : 0
  }

  /// The cursor after the last event that had happened by a time. O(log events).
  package func cursor(atTime time: Int64) -> Int { events.prefixCount { $0.time <= time } }
}

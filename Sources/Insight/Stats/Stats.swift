package import Trace

/// What a loop did within some events of its run, and what each function had of it.
package struct Stats: Sendable {
  package struct Step: Equatable, Sendable {
    /// Counted from 1.
    package let number: Int
    package let nanoseconds: Int64
    /// The index of its `handleBegan`.
    package let began: Int
    /// The index of its `handleEnded`; nil for one that had not ended.
    package let ended: Int?
  }

  /// The events that are counted, and the time in which they lie.
  package let events: Range<Int>
  package let times: Range<Int64>
  /// How long a step was running, in nanoseconds.
  package internal(set) var busy: Int64 = 0
  package internal(set) var steps = 0
  package internal(set) var ticks = 0
  /// How many handles and timers were cancelled before they ran.
  package internal(set) var cancelledHandles = 0
  package internal(set) var timersSet = 0
  package internal(set) var tasks = 0
  /// How many coroutines were there at once at most.
  package internal(set) var mostLanes = 0
  package internal(set) var longestStep: Step?
  /// For how long handles had been in the ready queue that ran.
  package internal(set) var queueing: Spread?
  /// How long after their deadlines timers fired.
  package internal(set) var lateness: Spread?
  /// The ready queue at its longest, and the index of the event that made it so long.
  package internal(set) var longestQueue = (count: 0, event: 0)
  /// In the order in which they came to be.
  package internal(set) var functions: [FunctionTotals] = []
  /// Locks, semaphores and queues, those first that were waited for most.
  package internal(set) var shared: [ResourceTotals] = []
  /// Whether the run tells of steps: one of tasks alone does not.
  package let tellsSteps: Bool

  package var nanoseconds: Int64 { times.upperBound - times.lowerBound }
}

extension Timeline {
  /// Adds up what happened within some events. O(events before their end × log events).
  ///
  /// - Parameters:
  ///   - range: the events that are counted.
  ///   - now: the moment at which it ends, where time has passed since the last of them.
  package func stats(in range: Range<Int>, now: Int64? = nil) -> Stats {
    let window = StatsWindow(range, of: self, now: now)
    var lanes = LaneTotals(self, window)
    lanes.addAll()
    var walk = StepWalk(self, window, lanes.rows)
    walk.goThrough()
    var total = walk.total
    total.ticks =
      ticks.count(at: window.events.upperBound) - ticks.count(at: window.events.lowerBound)
    total.longestQueue = longestReadyQueue(in: window.events)
    total.functions = walk.rows.totals.enumerated().compactMap { row, function in
      guard !function.isEmpty else { return nil }
      var function = function
      if function.course.grows { function.oldest = oldest(of: row, walk.rows, at: function.mostAt) }
      return function
    }
    total.shared = lanes.shared
    return total
  }

  /// The first made of a function's lanes that are there after an event.
  private func oldest(of row: Int, _ rows: FunctionRows, at event: Int) -> LaneID {
    let place = rows.lanes.indices.first {
      rows.lanes[$0] == row && !state(of: laneID(at: $0), at: event + 1).isOver
    }
    return place.map(laneID(at:)) ?? .none
  }
}

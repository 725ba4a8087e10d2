import Trace

/// What lanes wait for, in the columns that a table has for it.
package enum WaitColumn: Int, CaseIterable, Sendable {
  /// In the ready queue: it could have run, and had to wait for its turn.
  case ready
  case timer
  case socket
  /// A lock or a permit of a semaphore.
  case lock
  /// An event, a condition or a barrier.
  case event
  case queue
  /// A task, or several of them.
  case task
  case future
  case thread
  case process
  /// What the recording does not tell.
  case other

  /// - Returns: nil for an async generator between two values, which keeps nobody waiting.
  init?(_ kind: Wait.Kind) {
    switch kind {
    case .yield: self = .ready
    case .sleep: self = .timer
    case .io: self = .socket
    case .lock, .semaphore: self = .lock
    case .event, .condition, .barrier: self = .event
    case .queueGet, .queuePut, .queueJoin: self = .queue
    case .task, .gather, .wait: self = .task
    case .future: self = .future
    case .thread: self = .thread
    case .subprocess: self = .process
    case .unknown: self = .other
    case .consumer: return nil
    }
  }
}

/// Nanoseconds by what was waited for.
package struct WaitTimes: Equatable, Sendable {
  private var times = [Int64](repeating: 0, count: WaitColumn.allCases.count)

  package subscript(column: WaitColumn) -> Int64 {
    get { times[column.rawValue] }
    set { times[column.rawValue] = newValue }
  }

  package var total: Int64 {
    var total: Int64 = 0
    for time in times { total.grow(by: time) }
    return total
  }
}

extension Int64 {
  /// Adds what a recording says, which need not make sense: no sum is greater than the greatest number.
  mutating func grow(by other: Int64) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? .max : sum
  }
}

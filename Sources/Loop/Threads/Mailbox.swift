internal import Synchronization

/// What another thread leaves for a loop.
enum Delivery {
  /// A job of the Swift runtime, for the loop's thread to run.
  case job(UnownedJob)
  /// `call_soon_threadsafe`.
  case call(name: String, @Sendable () throws -> Void)
  /// Work that the loop gave to a thread is done.
  case workDone(UInt32)
  /// What such work printed.
  case output(String)
  /// Such work waits for what the loop does.
  case workWaits
}

/// Where other threads leave deliveries for a loop and wake it.
final class Mailbox: Sendable {
  private struct Contents {
    var deliveries: [Delivery] = []
    var jobs = 0
    var isClosed = false
  }

  private let contents = Monitor(Contents())
  /// The loop looks at this in every tick, where a lock would be too dear.
  private let count = Atomic(0)

  /// How many jobs of the Swift runtime have come, ever.
  var jobsReceived: Int { contents.access { $0.jobs } }

  var isEmpty: Bool { count.load(ordering: .acquiring) == 0 }

  /// A closed one takes the runtime's jobs alone.
  func put(_ delivery: Delivery) {
    contents.access(waking: true) {
      if $0.isClosed {
        guard case .job = delivery else { return }
      }
      $0.deliveries.append(delivery)
      if case .job = delivery { $0.jobs += 1 }
      count.store($0.deliveries.count, ordering: .releasing)
    }
  }

  func take() -> [Delivery] {
    contents.access { contents in
      defer {
        contents.deliveries.removeAll()
        count.store(0, ordering: .releasing)
      }
      return contents.deliveries
    }
  }

  /// Drops what was left for a loop that is closed, and what will be.
  func close() {
    let dropped = contents.access { contents in
      contents.isClosed = true
      let deliveries = contents.deliveries
      contents.deliveries = deliveries.filter { if case .job = $0 { true } else { false } }
      count.store(contents.deliveries.count, ordering: .releasing)
      return deliveries
    }
    _ = dropped  // What they hold may call the mailbox when it goes, so it goes here.
  }

  /// Sleeps until something is delivered or the time has passed.
  func wait(nanoseconds: Int64) {
    contents.wait(nanoseconds: nanoseconds, unless: { !$0.deliveries.isEmpty })
  }
}

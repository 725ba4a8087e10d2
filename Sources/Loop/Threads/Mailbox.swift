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
}

/// Where other threads leave deliveries for a loop and wake it.
final class Mailbox: Sendable {
  private struct Contents {
    var deliveries: [Delivery] = []
    var jobs = 0
  }

  private let contents = Monitor(Contents())
  /// The loop looks at this in every tick, where a lock would be too dear.
  private let count = Atomic(0)

  /// How many jobs of the Swift runtime have come, ever.
  var jobsReceived: Int { contents.access { $0.jobs } }

  var isEmpty: Bool { count.load(ordering: .acquiring) == 0 }

  func put(_ delivery: Delivery) {
    contents.access(waking: true) {
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

  /// Sleeps until something is delivered or the time has passed.
  func wait(nanoseconds: Int64) {
    contents.wait(nanoseconds: nanoseconds, unless: { !$0.deliveries.isEmpty })
  }
}

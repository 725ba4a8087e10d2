import Testing
import Trace

@testable import Loop

struct DeadlockTests {
  @Test func `a deadlock names who waits for whom`() {
    let run = Run {
      var first: LoopTask<Void>?
      let second = createTask(Coroutine("second(2)") { try await first?() })
      first = createTask(Coroutine("first(1)") { try await second() })
      try await second()
    }
    #expect(
      "\(run.failure, default: "")" == """
        DeadlockError: nothing is ready and no timer is left: main() waits for second(2), \
        second(2) waits for first(1), first(1) waits for second(2)
        """)
  }

  @Test func `a future that nobody resolves is named as such`() {
    let run = Run { try await Future<Void>()() }
    #expect(
      "\(run.failure, default: "")" == """
        DeadlockError: nothing is ready and no timer is left: main() waits for a future that \
        nobody resolves
        """)
  }

  @Test func `a long list is cut short`() {
    let run = Run {
      let future = Future<Void>()
      let stuck = (1...20).map { number in
        createTask(Coroutine("stuck(\(number))") { try await future() })
      }
      _ = try await gather(stuck)()
    }
    #expect("\(run.failure, default: "")".hasSuffix("and 13 more"))
  }

  @Test func `a timer that is left is no deadlock`() {
    let run = Run {
      let future = Future<Void>()
      runningLoop().callLater(5) { try? future.setResult(()) }
      try await future()
    }
    #expect(run.failure == nil)
    #expect(run.seconds == 5)
  }
}

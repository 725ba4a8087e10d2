import Testing

@testable import Loop

/// What CPython 3.11 to 3.15 do was seen by running the same programs there.
struct TimeoutTests {
  private static func nap(_ seconds: Double, _ name: String) async throws {
    do {
      try await sleep(seconds)
    } catch let error as CancelledError {
      print("cancelled", name)
      throw error
    }
  }

  @Test(arguments: 11...15)
  func `time that is up cancels the body and is a TimeoutError`(minor: Int) {
    let run = Run(.python3(minor)) {
      var scope: Timeout?
      do {
        try await timeout(1) { limit in
          scope = limit
          try await Self.nap(5, "a")
        }
      } catch let error as TimeoutError {
        print(error.repr, scope?.expired ?? false, currentTask()?.cancelling ?? -1)
      }
    }
    #expect(run.output == ["cancelled a", "TimeoutError() True 0"])
    #expect(run.seconds == 1)
  }

  @Test func `time that is not needed leaves no timer`() {
    let run = Run {
      try await timeout(nil) { _ in try await sleep(1) }
      let scope = try await timeout(5) { limit in
        try await sleep(1)
        return limit
      }
      print(scope.expired, await thrown { try scope.reschedule(3) })
    }
    #expect(run.output == ["False RuntimeError: Cannot change state of finished Timeout"])
    #expect(run.seconds == 2)
  }

  @Test func `a timeout can be rescheduled`() {
    let run = Run {
      try await timeout(1) { limit in
        try limit.reschedule(5_000_000_000)
        try await sleep(3)
        print(limit.when ?? 0)
      }
      print(
        await thrown {
          try await timeoutAt(9_000_000_000) { limit in
            try limit.reschedule(3_500_000_000)
            try await Self.nap(10, "x")
          }
        })
    }
    #expect(run.output == ["5000000000", "cancelled x", "TimeoutError"])
    #expect(run.seconds == 3.5)
  }

  @Test func `of two timeouts the one whose time is up raises`() {
    let run = Run {
      do {
        try await timeout(10) { _ in try await timeout(1) { _ in try await Self.nap(5, "b") } }
      } catch is TimeoutError { print("inner") }
      do {
        try await timeout(1) { _ in
          do {
            try await timeout(10) { _ in try await Self.nap(5, "c") }
          } catch is TimeoutError { print("wrong") }
        }
      } catch is TimeoutError { print("outer") }
    }
    #expect(run.output == ["cancelled b", "inner", "cancelled c", "outer"])
  }

  @Test func `no time at all still runs the body up to its first await`() {
    let run = Run {
      do {
        try await timeout(0) { _ in
          print("body")
          try await Self.nap(1, "d")
        }
      } catch is TimeoutError { print("timeout") }
    }
    #expect(run.output == ["body", "cancelled d", "timeout"])
    #expect(run.seconds == 0)
  }

  @Test func `a cancellation from outside stays one`() {
    let run = Run {
      let task = createTask(
        Coroutine("outer()") { try await timeout(5) { _ in try await Self.nap(9, "e") } })
      try await sleep(1)
      task.cancel()
      print(await thrown { try await task() })
    }
    #expect(run.output == ["cancelled e", "CancelledError"])
  }

  @Test func `timeouts came with 3_11`() {
    let run = Run(.python3(10)) { try await timeout(1) { _ in } }
    #expect(
      "\(run.failure, default: "")"
        == "AttributeError: module 'asyncio' has no attribute 'timeout'")
  }
}

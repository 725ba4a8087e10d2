import Testing
import Trace

@testable import Loop

/// What CPython 3.6 to 3.15 do was seen by running the same programs there.
struct WaitForTests {
  private static func nap(_ seconds: Double) -> Coroutine<Double> {
    Coroutine("nap(\(seconds))") {
      do {
        try await sleep(seconds)
        return seconds
      } catch let error as CancelledError {
        print("cancelled")
        throw error
      }
    }
  }

  @Test(arguments: Profile.supported)
  func `what is done in time gives its result`(profile: Profile) {
    let run = Run(profile) {
      print(
        try await waitFor(Self.nap(1), timeout: 5), try await waitFor(Self.nap(1), timeout: nil))
    }
    #expect(run.output == ["1.0 1.0"])
    #expect(run.seconds == 2)
  }

  @Test(arguments: Profile.supported)
  func `no time at all runs no line, but ran some in 3_6`(profile: Profile) {
    let run = Run(profile) {
      print(await thrown { _ = try await waitFor(Self.nap(9), timeout: 0) })
      try await sleep(1)
    }
    #expect(
      run.output == (profile == .python3(6) ? ["TimeoutError", "cancelled"] : ["TimeoutError"]))
    #expect(run.seconds == 1)
  }

  @Test(arguments: Profile.supported)
  func `a result that is there needs no time`(profile: Profile) {
    let run = Run(profile) {
      let task = ensureFuture(Self.nap(0))
      _ = try await task()
      print(try await waitFor(task, timeout: 0))
    }
    // 3.6 sets a timer and takes the result before it fires.
    #expect(run.output == ["0.0"])
  }

  @Test(arguments: Profile.supported)
  func `what refuses to be cancelled gives its result from 3_9 on`(profile: Profile) {
    let run = Run(profile) {
      let stubborn = Coroutine("stubborn()") {
        do { try await sleep(9) } catch is CancelledError {
          print("no")
          try await sleep(1)
        }
        return "late"
      }
      do {
        print(try await waitFor(stubborn, timeout: 1), runningLoop().time)
      } catch is TimeoutError {
        print("timeout", runningLoop().time)
      }
      try await sleep(5)
    }
    switch profile.minor {
    case 6: #expect(run.output == ["timeout 1000000000", "no"])
    case 7...8: #expect(run.output == ["no", "timeout 2000000000"])
    default: #expect(run.output == ["no", "late 2000000000"])
    }
  }

  @Test(arguments: Profile.supported)
  func `a coroutine becomes a task up to 3_11`(profile: Profile) {
    let run = Run(profile) { _ = try await waitFor(Self.nap(1), timeout: 5) }
    let tasks = run.facts.count { if case .taskCreated = $0 { true } else { false } }
    #expect(tasks == (profile < .python3(12) ? 2 : 1))
  }

  @Test(arguments: Profile.supported)
  func `cancelling who waits cancels what is waited for`(profile: Profile) {
    let run = Run(profile) {
      let inner = ensureFuture(Self.nap(50))
      let task = createTask(
        Coroutine("outer()") { _ = try await waitFor(inner, timeout: 100) })
      try await sleep(1)
      task.cancel()
      print(await thrown { try await task() })
      try await sleep(1)
      print(inner.isCancelled)
    }
    #expect(run.output == ["cancelled", "CancelledError", "True"])
    #expect(run.seconds == 2)
  }

  @Test(arguments: Profile.supported)
  func `a result that comes with a cancellation is kept from 3_8 to 3_11`(profile: Profile) {
    let run = Run(profile) {
      let future = Future<String>()
      let task = createTask(
        Coroutine("outer()") { try await waitFor(future, timeout: 100) })
      try await sleep(1)
      try future.setResult("v")
      task.cancel()
      print(await thrown { print(try await task()) })
    }
    #expect(
      run.output == ((8...11).contains(profile.minor) ? ["v", "nothing"] : ["CancelledError"]))
  }
}

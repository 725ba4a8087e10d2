import Testing

@testable import Loop

/// What CPython 3.6 to 3.15 do was seen by running the same programs there.
struct ShieldTests {
  private static func nap(_ seconds: Double) -> Coroutine<Double> {
    Coroutine("nap(\(seconds))") {
      try await sleep(seconds)
      return seconds
    }
  }

  @Test(arguments: Profile.supported)
  func `whoever waits is cancelled, and the inner task runs on`(profile: Profile) {
    let run = Run(profile) {
      let inner = ensureFuture(Self.nap(3))
      let outer = shield(inner)
      let task = createTask(Coroutine("waiter()") { _ = try await outer() })
      try await sleep(1)
      task.cancel()
      print(await thrown { try await task() }, inner.isDone, outer.isCancelled)
      print(try await inner(), shield(inner) === inner)
    }
    #expect(run.output == ["CancelledError False True", "3.0 True"])
  }

  @Test func `a shield passes on what the inner task came to`() {
    let run = Run {
      print(try await shield(Self.nap(1))())
      let inner = ensureFuture(Self.nap(3))
      let outer = shield(inner)
      try await sleep(0)
      inner.cancel()
      print(await thrown { _ = try await outer() })
      let failing = Coroutine("failing()") { throw ValueError("bad") }
      print(await thrown { try await shield(failing)() })
    }
    #expect(run.output == ["1.0", "CancelledError", "ValueError: bad"])
    #expect(run.errors.isEmpty)
  }

  @Test func `as completed gives the first first`() {
    let run = Run {
      for try await future in asCompleted([3, 1, 2].map { ensureFuture(Self.nap($0)) }) {
        print(try future.result(), runningLoop().time)
      }
      for try await _ in asCompleted([Future<Int>]()) { print("never") }
    }
    #expect(run.output == ["1.0 1000000000", "2.0 2000000000", "3.0 3000000000"])
  }

  @Test func `as completed throws when time is up, and cancels nothing`() {
    let run = Run {
      let tasks = [1, 9].map { ensureFuture(Self.nap($0)) }
      let error = await thrown {
        for try await future in asCompleted(tasks, timeout: 2) { print(try future.result()) }
      }
      print(error, tasks[1].isDone)
    }
    #expect(run.output == ["1.0", "TimeoutError False"])
    #expect(run.seconds == 2)
  }

  @Test(arguments: 13...15)
  func `as completed loses a member to who was cancelled, up to 3_13`(minor: Int) {
    let run = Run(.python3(minor)) {
      let completed = asCompleted([1, 2].map { ensureFuture(Self.nap($0)) })
      let next = createTask(Coroutine("next()") { _ = try await completed.next() })
      for _ in 1...2 { try await sleep(0) }
      next.cancel()
      print(await thrown { try await next() })
      for try await future in completed { print(try future.result()) }
    }
    #expect(run.output == ["CancelledError", "1.0"] + (minor >= 14 ? ["2.0"] : []))
  }

  @Test(arguments: [12, 13, 14, 15])
  func `a shield has a handle of its own from 3_14 on, where a task made it`(minor: Int) {
    let byTask = Run(.python3(minor)) { try await shield(Coroutine("inner()") {})() }
    #expect(byTask.handles == (minor >= 14 ? 7 : 6))
    let byCallback = Run(.python3(minor)) {
      var outer: Future<Void>?
      runningLoop().callSoon { outer = shield(Coroutine("inner()") {}) }
      try await sleep(0)
      try await outer?()
    }
    #expect(byCallback.handles == 8)
  }

  @Test func `bare coroutines start in the order of a set in every version`() {
    func order(_ seed: UInt64) -> [String] {
      Run(seed: seed) {
        let members = (1...8).map { number in Coroutine("say(\(number))") { print(number) } }
        for try await _ in asCompleted(members) {}
      }.output
    }
    #expect(Set((0..<6).map(order)).count > 1)
    #expect(order(2) == order(2))
  }

  @Test func `gather can give exceptions as results`() {
    let run = Run {
      let members = [
        Self.nap(1), Coroutine("bad()") { throw ValueError("x") }, Self.nap(2),
      ]
      print(try await gather(members, returnExceptions: true)())
      let whole = gather([Self.nap(5), Self.nap(6)], returnExceptions: true)
      try await sleep(1)
      whole.cancel()
      print(await thrown { _ = try await whole() })
    }
    #expect(run.output == ["[1.0, ValueError('x'), 2.0]", "CancelledError"])
  }
}

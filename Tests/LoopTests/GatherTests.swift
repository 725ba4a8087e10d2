import Testing
import Trace

@testable import Loop

struct GatherTests {
  private static func nap(_ seconds: Double, _ value: Int) -> Coroutine<Int> {
    Coroutine("nap(\(seconds), \(value))") {
      try await sleep(seconds)
      return value
    }
  }

  private static func fail(_ seconds: Double, _ text: String) -> Coroutine<Int> {
    Coroutine("fail(\(seconds))") {
      try await sleep(seconds)
      throw ValueError(text)
    }
  }

  @Test func `results stand in the order of the arguments, whoever ended first`() {
    let run = Run { print(try await gather(Self.nap(3, 1), Self.nap(1, 2), Self.nap(2, 3))()) }
    #expect(run.output == ["[1, 2, 3]"])
    #expect(run.seconds == 3)
  }

  @Test func `a gather of nothing is done at once`() {
    let run = Run {
      let future = gather([Coroutine<Int>]())
      print(future.isDone, try await future())
    }
    #expect(run.output == ["True []"])
    #expect(run.ran == [.step])
  }

  @Test func `the first exception is raised, and the others run on`() {
    let run = Run {
      let slow = ensureFuture(Self.nap(5, 1))
      print(
        await thrown {
          let failing = [Self.fail(1, "first"), Self.fail(2, "second")]
          _ = try await gather([slow] + failing.map { ensureFuture($0) })()
        })
      print(slow.isDone, runningLoop().time)
      print(try await slow())
    }
    #expect(run.output == ["ValueError: first", "False 1000000000", "1"])
  }

  @Test func `the same member twice runs once and is given twice`() {
    let run = Run {
      let task = ensureFuture(Self.nap(1, 7))
      print(try await gather([task, task])())
    }
    #expect(run.output == ["[7, 7]"])
  }

  @Test func `the same coroutine twice is one task`() {
    let run = Run {
      let coroutine = Self.nap(1, 7)
      print(try await gather(coroutine, coroutine)())
    }
    #expect(run.output == ["[7, 7]"])
  }

  @Test(arguments: Profile.supported)
  func `members that are done cost a trip through the queue up to 3_11`(profile: Profile) {
    let run = Run(profile) {
      let task = ensureFuture(Self.nap(0, 1))
      _ = try await task()
      let whole = gather([task])
      print(whole.isDone)
      _ = try await whole()
    }
    #expect(run.output == [profile >= .python3(12) ? "True" : "False"])
    #expect(run.ran.contains(.memberDone) == (profile < .python3(12)))
  }

  @Test func `cancelling a gather cancels its members`() {
    let run = Run {
      let members = [ensureFuture(Self.nap(5, 1)), ensureFuture(Self.nap(6, 2))]
      let whole = gather(members)
      try await sleep(1)
      print(whole.cancel())
      print(await thrown { _ = try await whole() })
      print(whole.isCancelled, members.map(\.isCancelled))
      print(await thrown { _ = try whole.exception() })
    }
    #expect(run.output == ["True", "CancelledError", "False [True, True]", "nothing"])
    #expect(run.seconds == 1)
  }

  @Test func `cancelling who awaits a gather cancels the gather`() {
    let run = Run {
      let member = ensureFuture(Self.nap(5, 1))
      let outer = createTask(Coroutine("outer()") { _ = try await gather([member])() })
      try await sleep(1)
      outer.cancel()
      print(await thrown { try await outer() })
      print(outer.isCancelled, member.isCancelled)
    }
    #expect(run.output == ["CancelledError", "True True"])
  }

  @Test func `a cancelled member is the exception of the whole`() {
    let run = Run {
      let members = [ensureFuture(Self.nap(5, 1)), ensureFuture(Self.nap(6, 2))]
      let whole = gather(members)
      try await sleep(1)
      members[0].cancel()
      print(await thrown { _ = try await whole() })
      print(members[1].isDone)
    }
    #expect(run.output == ["CancelledError", "False"])
  }

  @Test func `3_6 makes tasks in the order of a set, later versions in that of the arguments`() {
    func order(_ profile: Profile, _ seed: UInt64) -> [String] {
      Run(profile, seed: seed) {
        let members = (1...8).map { number in Coroutine("say(\(number))") { print(number) } }
        _ = try await gather(members)()
      }.output
    }
    let sorted = (1...8).map(String.init)
    #expect(order(.python3(7), 3) == sorted)
    #expect(order(.latest, 3) == sorted)
    #expect(Set((0..<5).map { order(.python3(6), $0) }).count > 1)
    #expect(order(.python3(6), 3).sorted() == sorted)
  }

  @Test func `members of several types give a tuple, and a repeated one is one member`() {
    let run = Run {
      let word = Coroutine("word()") {
        try await sleep(2)
        return "two"
      }
      let nap = ensureFuture(Self.nap(5, 1))
      let (first, second, third, fourth) = try await gather(nap, word, nap, word)()
      print(first, second, third, fourth)
    }
    #expect(run.output.last == "1 two 1 two")
    #expect(run.seconds == 5)
  }

  @Test func `members of several types take the decisions that members of one take`() {
    func ran(
      _ profile: Profile, eager: Bool, _ body: @escaping (LoopTask<Int>) async throws -> Void
    )
      -> [Callback.Kind]
    {
      Run(profile, configure: { if eager { try? $0.setTaskFactory(.eager) } }) {
        let done = createTask(Coroutine("done()") { 1 })
        try await sleep(1)
        try await body(done)
      }.ran
    }
    for (profile, eager) in [(Profile.python3(11), false), (.latest, false), (.latest, true)] {
      let ofOne = ran(profile, eager: eager) { done in
        _ = try await gather(ensureFuture(done), ensureFuture(Self.nap(5, 1)))()
      }
      let ofSeveral = ran(profile, eager: eager) { done in
        let nap = Coroutine("nap()") {
          try await sleep(1)
          return "five"
        }
        _ = try await gather(done, ensureFuture(nap))()
      }
      #expect(ofOne == ofSeveral)
    }
  }

  @Test func `the first error of members of several types is that of the whole`() {
    let run = Run {
      let slow = ensureFuture(Self.nap(5, 9))
      let broken = Coroutine("broken()") { () async throws -> String in throw ValueError("no") }
      print(await thrown { _ = try await gather(slow, broken)() })
      let whole = gather(slow, Future<String>())
      whole.cancel()
      print(await thrown { _ = try await whole() }, slow.isCancelled)
    }
    #expect(run.output == ["ValueError: no", "CancelledError True"])
  }
}

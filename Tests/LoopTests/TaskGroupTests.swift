import Testing

@testable import Loop

/// What CPython 3.11 to 3.15 do was seen by running the same programs there.
struct TaskGroupTests {
  private static func nap(_ seconds: Double, _ name: String) -> Coroutine<Double> {
    Coroutine("nap(\(name))") {
      do {
        try await sleep(seconds)
        return seconds
      } catch let error as CancelledError {
        print("cancelled", name)
        throw error
      }
    }
  }

  private static func fail(_ seconds: Double, _ text: String) -> Coroutine<Void> {
    Coroutine("fail(\(text))") {
      try await sleep(seconds)
      throw ValueError(text)
    }
  }

  private static func repr(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "nothing"
    } catch {
      return (error as? any PythonError)?.repr ?? "\(error)"
    }
  }

  @Test func `a group waits for all its tasks`() {
    let run = Run {
      var tasks: [LoopTask<Double>] = []
      let group = try await taskGroup { group in
        tasks = [try group.createTask(Self.nap(1, "a")), try group.createTask(Self.nap(2, "b"))]
        return group
      }
      print(try tasks.map { try $0.result() })
      print(await thrown { try group?.createTask(Self.nap(1, "late")) })
    }
    #expect(run.output == ["[1.0, 2.0]", "RuntimeError: TaskGroup <TaskGroup> is finished"])
    #expect(run.seconds == 2)
  }

  @Test(arguments: 11...15)
  func `errors are raised together, and the others are cancelled`(minor: Int) {
    let run = Run(.python3(minor)) {
      let text = await Self.repr {
        try await taskGroup { group in
          try group.createTask(Self.fail(1, "one"))
          try group.createTask(Self.fail(1, "two"))
          try group.createTask(
            Coroutine("late()") {
              do { try await sleep(9) } catch { throw RuntimeError("late") }
            })
          try group.createTask(Self.nap(9, "g"))
          _ = try await Self.nap(20, "body")()
        }
      }
      print(text, currentTask()?.cancelling ?? -1)
    }
    #expect(
      run.output == [
        "cancelled g", "cancelled body",
        "ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('one'), ValueError('two'), "
          + "RuntimeError('late')]) 0",
      ])
    #expect(run.seconds == 1)
  }

  @Test func `an error of the body cancels the tasks before they began`() {
    let run = Run {
      let text = await Self.repr {
        try await taskGroup { group in
          try group.createTask(Self.nap(9, "h"))
          throw ValueError("body")
        }
      }
      print(text)
    }
    #expect(
      run.output == ["ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('body')])"])
  }

  @Test(arguments: 11...15)
  func `a group that failed while it waited takes its request back from 3_13 on`(minor: Int) {
    let run = Run(.python3(minor)) {
      _ = await Self.repr { try await taskGroup { _ = try $0.createTask(Self.fail(1, "x")) } }
      print(currentTask()?.cancelling ?? -1)
    }
    #expect(run.output == [minor >= 13 ? "0" : "1"])
  }

  @Test func `cancelling who waits for a group cancels its tasks`() {
    let run = Run {
      let task = createTask(
        Coroutine("outer()") { _ = try await taskGroup { try $0.createTask(Self.nap(9, "i")) } })
      try await sleep(1)
      task.cancel()
      print(await thrown { try await task() })
    }
    #expect(run.output == ["cancelled i", "CancelledError"])
  }

  @Test(arguments: 11...15)
  func `a group can be cancelled from 3_15 on, and then gives nothing`(minor: Int) {
    let run = Run(.python3(minor)) {
      let text = await Self.repr {
        let result = try await taskGroup { group in
          try group.createTask(Self.nap(9, "j"))
          try await sleep(1)
          try group.cancel()
          print("not over")
          try await sleep(1)
          return 3
        }
        print(result == nil, currentTask()?.cancelling ?? -1)
        print(try await taskGroup { (_) throws -> Int in 4 } ?? 0)
      }
      print(text)
    }
    let missing = "AttributeError(\"'TaskGroup' object has no attribute 'cancel'\")"
    #expect(
      run.output
        == (minor >= 15
          ? ["not over", "cancelled j", "True 0", "4", "nothing"]
          : [
            "cancelled j", "ExceptionGroup('unhandled errors in a TaskGroup', [\(missing)])",
          ]))
    #expect(run.seconds == 1)
  }

  @Test(arguments: ["3.12.8", "3.12.9", "3.12", "3.13.1", "3.13.2", "3.13", "3.14", "3.15"])
  func `a group hears of an eager task that failed in a later step since a release of bug fixes`(
    release: String
  ) throws {
    let run = Run(try #require(Profile(release))) {
      try runningLoop().setTaskFactory(.eager)
      let text = await Self.repr {
        try await taskGroup { group in
          try group.createTask(Coroutine("bad()") { throw ValueError("at once") })
          print(currentTask()?.cancelling ?? -1)
          try group.createTask(Self.nap(1, "k"))
        }
      }
      print(text)
    }
    let atOnce = "RuntimeError('TaskGroup <TaskGroup> is shutting down')"
    #expect(
      run.output
        == (!["3.12.8", "3.13.1"].contains(release)
          ? [
            "0", "cancelled k",
            "ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('at once')])",
          ]
          : [
            "1",
            "ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('at once'), \(atOnce)])",
          ]))
  }

  @Test func `errors of a group can be split by what they are`() throws {
    let inner = ExceptionGroup("inner", [ValueError("b"), TypeError("c")])
    let group = ExceptionGroup("outer", [ValueError("a"), inner])
    let (match, rest) = group.split { $0 is ValueError }
    #expect(
      match?.repr
        == "ExceptionGroup('outer', [ValueError('a'), ExceptionGroup('inner', [ValueError('b')])])")
    #expect(rest?.repr == "ExceptionGroup('outer', [ExceptionGroup('inner', [TypeError('c')])])")
    #expect(group.message == "outer (2 sub-exceptions)")
    #expect(group.split { _ in false }.match == nil)
  }
}

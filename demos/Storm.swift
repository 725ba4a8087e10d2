import Loop

private func drop(_ number: Int, _ yields: Int) -> Coroutine<Void> {
  Coroutine("drop(\(number))") {
    for _ in 0..<yields {
      try await sleep(0)
    }
  }
}

private func main(_ tasks: Int, _ yields: Int) -> Coroutine<Void> {
  Coroutine("main()") {
    _ = try await gather((0..<tasks).map { drop($0, yields) })()
  }
}

extension Demo {
  static let storm = Demo(
    "storm",
    title: "Many tasks that only yield",
    lesson: "TASKS tasks each give up YIELDS turns: nothing but the loop at work.",
    note: """
      sleep(0) puts the task's next step at the end of the ready queue, so every task gets one \
      turn in each tick: the queue is a fair one. Used for measuring.
      """,
    parameters: ["TASKS", "YIELDS"],
    program: { arguments in
      guard arguments.count <= 2 else {
        throw DemoError.tooManyArguments(demo: "storm", usage: "[TASKS] [YIELDS]")
      }
      let tasks = try number(arguments.first ?? "100", "TASKS")
      return main(tasks, try number(arguments.dropFirst().first ?? "10", "YIELDS"))
    })

  private static func number(_ text: String, _ parameter: String) throws -> Int {
    guard let number = Int(text), (1...10_000_000).contains(number) else {
      throw DemoError.badArgument(text, parameter: parameter, demo: "storm")
    }
    return number
  }
}

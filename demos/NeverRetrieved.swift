import Loop

private func meow() -> Coroutine<Void> {
  Coroutine("meow()") {
    throw ValueError("hairball")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    createTask(meow())
    try await sleep(1)
    print("all is well")
  }
}

extension Demo {
  static let neverRetrieved = Demo(
    "never-retrieved",
    title: "Nobody listens",
    lesson: "A task that fails says nothing until it is forgotten: never retrieved.",
    note: """
      The error of meow() is kept in the task for whoever awaits it. Nobody does, and nobody keeps \
      the task, so it dies with the error inside. Only then the event loop's exception handler is \
      told: "Task exception was never retrieved".
      """,
    program: { _ in main() })
}

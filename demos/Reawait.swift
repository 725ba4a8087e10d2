import Loop

private func meow() -> Coroutine<Int> {
  Coroutine("meow()") {
    1
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let task = ensureFuture(meow())
    print(try await task())
    print(try await task())

    let coroutine = meow()
    print(try await coroutine())
    print(try await coroutine())
  }
}

extension Demo {
  static let reawait = Demo(
    "reawait",
    title: "Await twice",
    lesson: "A task keeps its result and can be awaited again; a coroutine is good for one use.",
    note: """
      The first await of the task suspends main(); the second finds the result there and goes on. \
      The coroutine runs inside main() the first time. The second time there is nothing left to \
      run: RuntimeError, "cannot reuse already awaited coroutine", and the run ends with it.
      """,
    program: { _ in main() })
}

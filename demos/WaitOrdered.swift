import Loop

private func meow(_ number: Int) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    print("starting \(number)")
    try await sleep(1)
    print("stopping \(number)")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let tasks = [
      ensureFuture(meow(1)),
      ensureFuture(meow(2)),
      ensureFuture(meow(3)),
      ensureFuture(meow(4)),
      ensureFuture(meow(5)),
    ]
    _ = try await wait(tasks)
  }
}

extension Demo {
  static let waitOrdered = Demo(
    "wait-ordered",
    title: "In parallel with wait, in order",
    lesson: "ensure_future enters the ready queue at once, so creation order is kept: 1 s.",
    note: """
      Each ensure_future puts a first step at the end of the ready queue before wait() sees \
      anything. wait() still makes a set of the tasks, but that order no longer matters: the queue \
      has the right one already. Look at the loop pane after the first step.
      """,
    program: { _ in main() })
}

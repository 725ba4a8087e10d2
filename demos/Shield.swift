import Loop

private func save() -> Coroutine<Void> {
  Coroutine("save()") {
    print("saving")
    try await sleep(2)
    print("saved")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let work = ensureFuture(save())
    do {
      try await waitFor(shield(work), timeout: 1)
    } catch is TimeoutError {
      print("no longer waiting")
    }
    try await work()
    print("done")
  }
}

extension Demo {
  static let shield = Demo(
    "shield",
    title: "Do not disturb",
    lesson: "shield() takes the cancellation in place of the task behind it: 2 s.",
    note: """
      wait_for() gives up after 1 s and cancels what it waits for. That is the shield's own future, \
      not save(), which runs on as if nothing had happened. Keep a reference to the task: the \
      event loop of CPython has only weak ones.
      """,
    program: { _ in main() })
}

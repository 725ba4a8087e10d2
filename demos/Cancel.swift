import Loop

private func meow() -> Coroutine<Void> {
  Coroutine("meow()") {
    defer { print("tidied up") }
    do {
      print("sleeping")
      try await sleep(10)
    } catch is CancelledError {
      print("cancelled at the await")
      throw CancelledError()
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let task = ensureFuture(meow())
    try await sleep(1)
    task.cancel()
    print("asked to cancel")
    do {
      try await task()
    } catch is CancelledError {
      print("meow() is gone")
    }
  }
}

extension Demo {
  static let cancel = Demo(
    "cancel",
    title: "Change your mind",
    lesson: "cancel() asks; the task gets a CancelledError at its await, in a later step: 1 s.",
    note: """
      After cancel() nothing has happened to meow() yet: only the future of its sleep is cancelled, \
      and that has put meow()'s wakeup into the ready queue. That step throws CancelledError at the \
      await, where meow() can tidy up. It could even refuse. The timer of 10 s never fires.
      """,
    program: { _ in main() })
}

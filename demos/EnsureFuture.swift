import Loop

private func speak() -> Coroutine<Void> {
  Coroutine("speak()") {
    print("C")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let task = ensureFuture(speak())
    try await sleep(1)
    print("A")
    print("B")
    try await task()
    print("D")
  }
}

extension Demo {
  static let ensureFuture = Demo(
    "ensure-future",
    title: "Start it now, come back to it later",
    lesson: "ensure_future schedules a task; it runs when main() gives the loop away: C A B D.",
    note: """
      People say that a task is executed immediately when it is created. Step once and look: \
      ensure_future has put speak()'s first step into the ready queue, and main() has gone on to \
      its sleep. Only the next step runs speak() and prints C. When main() awaits the task, it is \
      done already, so that await does not suspend.
      """,
    program: { _ in main() })
}

import Loop

private func meow() -> Coroutine<Void> {
  Coroutine("meow()") {
    do {
      print("starting")
      try await sleep(10)
      print("stopping")
    } catch is CancelledError {
      print("cancelled")
      throw CancelledError()
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    do {
      try await waitFor(meow(), timeout: 1)
    } catch is TimeoutError {
      print("gave up")
    }
  }
}

extension Demo {
  static let timeout = Demo(
    "timeout",
    title: "Give up after a while",
    lesson: "wait_for() cancels what takes too long and raises TimeoutError: 1 s.",
    note: """
      The timer cancels, nothing else: meow() hears CancelledError, and wait_for() turns that into \
      TimeoutError once meow() has ended. Compare the lanes: up to --profile 3.11 wait_for() makes \
      a task of meow(); from 3.12 on it runs inside main()'s own task, under timeout().
      """,
    program: { _ in main() })
}

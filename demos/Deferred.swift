import Loop

private func speak() -> Coroutine<Void> {
  Coroutine("speak()") {
    print("C")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let coroutine = speak()
    print("A")
    print("B")
    try await coroutine()
    print("D")
  }
}

extension Demo {
  static let deferred = Demo(
    "deferred",
    title: "Make it now, await it later",
    lesson: "A coroutine runs when it is awaited, not when it is made: A B C D.",
    note: """
      speak() stays PENDING while A and B are printed. The await runs it at once, inside main()'s \
      own step: the ready queue has no entry for it, and the loop does not come between. > goes \
      through the step, event by event.
      """,
    program: { _ in main() })
}

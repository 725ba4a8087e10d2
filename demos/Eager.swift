import Loop

private func speak() -> Coroutine<Void> {
  Coroutine("speak()") {
    print("C")
    try await sleep(0)
    print("E")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    try getRunningLoop().setTaskFactory(.eager)
    let task = createTask(speak())
    print("A")
    print("B")
    try await task()
    print("D")
  }
}

extension Demo {
  static let eager = Demo(
    "eager",
    title: "Start it now, really",
    lesson: "An eager task takes its first step inside create_task: C A B E D.",
    note: """
      Compare ensure-future. Here C comes before A though main() has not given the loop away: \
      speak() runs inside main()'s step up to its first await that suspends, as > shows event by \
      event. Only the rest of it goes by the ready queue. Eager tasks came with Python 3.12.
      """,
    program: { _ in main() })
}

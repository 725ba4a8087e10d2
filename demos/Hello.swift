import Loop

private func speak() -> Coroutine<Void> {
  Coroutine("speak()") {
    print("Hey!")
  }
}

extension Demo {
  static let hello = Demo(
    "hello",
    title: "Await one coroutine",
    lesson: "Calling a coroutine function runs nothing; the loop runs it.",
    note: """
      speak() makes a lane that is PENDING: no line of it has run. run_until_complete makes a task \
      of it and puts the task's first step into the ready queue; the loop takes it from there. < \
      goes back to what came before that, event by event, and > forward.
      """,
    program: { _ in speak() })
}

import Loop

private func meow(_ number: Int) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    do {
      print("starting \(number)")
      try await sleep(Double(number))
      if number == 2 { throw ValueError("hairball") }
      print("stopping \(number)")
    } catch is CancelledError {
      print("cancelled \(number)")
      throw CancelledError()
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    try await taskGroup { group in
      for number in 1...3 { try group.createTask(meow(number)) }
    }
  }
}

extension Demo {
  static let taskGroup = Demo(
    "task-group",
    title: "All or none",
    lesson: "When one task of a group fails, the group cancels the others: 2 s.",
    note: """
      meow(1) has ended when meow(2) fails. The group cancels meow(3), waits until that is over, \
      and raises an ExceptionGroup with what went wrong. No task outlives its group. Compare \
      exception-in-gather, where the others run on. Task groups came with Python 3.11.
      """,
    program: { _ in main() })
}

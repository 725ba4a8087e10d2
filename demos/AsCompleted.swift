import Loop

private func meow(_ seconds: Int) -> Coroutine<Int> {
  Coroutine("meow(\(seconds))") {
    try await sleep(Double(seconds))
    return seconds
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let tasks = [3, 1, 2].map { ensureFuture(meow($0)) }
    for try await future in asCompleted(tasks) {
      print(try future.result())
    }
  }
}

extension Demo {
  static let asCompleted = Demo(
    "as-completed",
    title: "First come, first served",
    lesson: "as_completed() gives results as they come, not in the order of the list: 3 s.",
    note: """
      Each task that is done puts itself into a queue, and main() takes them out one by one. It is \
      woken three times. gather would have woken it once, at the end.
      """,
    program: { _ in main() })
}

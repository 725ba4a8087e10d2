import Loop

private func meow(_ number: Int) -> Coroutine<Int> {
  Coroutine("meow(\(number))") {
    try await sleep(Double(number))
    if number == 2 { throw ValueError("hairball") }
    print("stopping \(number)")
    return number
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    do {
      _ = try await gather(meow(1), meow(2), meow(3))()
    } catch let error as ValueError {
      print("caught \(error.message)")
    }
    print("going on")
    try await sleep(2)
  }
}

extension Demo {
  static let exceptionInGather = Demo(
    "exception-in-gather",
    title: "One of them fails",
    lesson: "gather raises the first exception at once; the other members run on: 4 s.",
    note: """
      main() hears of the error at 2 s and goes on. Nobody has cancelled meow(3): it ends at 3 s, \
      and its result is lost. Use return_exceptions to get everything, or a task group to stop the \
      others.
      """,
    program: { _ in main() })
}

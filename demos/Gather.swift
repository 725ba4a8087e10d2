import Loop

private func meow(_ number: Int) -> Coroutine<Int> {
  Coroutine("meow(\(number))") {
    try await sleep(1)
    return number
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let numbers = try await gather(meow(1), meow(2), meow(3), meow(4), meow(5))()
    print(numbers)
  }
}

extension Demo {
  static let gather = Demo(
    "gather",
    title: "Gather the results",
    lesson: "gather runs its members side by side and keeps the order of the arguments: 1 s.",
    note: """
      gather makes a task of each member and one future for the whole. Each member that is done \
      puts a callback into the ready queue; the last of them resolves the future, and that wakes \
      main() a tick later. Results stand in the order of the arguments, whoever ended first.
      """,
    program: { _ in main() })
}

import Loop

private func meow(_ number: Int) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    print("starting \(number)")
    try await sleep(1)
    print("stopping \(number)")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let meows = [meow(1), meow(2), meow(3), meow(4), meow(5)]
    for index in stride(from: 0, to: 5, by: 2) {
      try await meows[index]()
    }
    for index in stride(from: 1, to: 5, by: 2) {
      try await meows[index]()
    }
  }
}

extension Demo {
  static let evensOdds = Demo(
    "evens-odds",
    title: "Every other one first",
    lesson: "Coroutines wait in a list like any value, and run when their await comes: 5 s.",
    note: """
      1, 3 and 5 are awaited first, then 2 and 4. A lane that is PENDING costs the loop nothing: \
      it is in no queue and has no timer.
      """,
    program: { _ in main() })
}

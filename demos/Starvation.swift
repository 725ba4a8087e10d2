import Loop

private func nothing() -> Coroutine<Void> {
  Coroutine("nothing()") {}
}

private func greedy() -> Coroutine<Void> {
  Coroutine("greedy()") {
    for number in 1...3 {
      print("greedy \(number)")
      try await nothing()()
    }
  }
}

private func polite(_ name: String) -> Coroutine<Void> {
  Coroutine("polite(\(name))") {
    for number in 1...3 {
      print("\(name) \(number)")
      try await sleep(0)
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    _ = try await gather(greedy(), polite("one"), polite("two"))()
  }
}

extension Demo {
  static let starvation = Demo(
    "starvation",
    title: "An await that gives nothing away",
    lesson: "Only an await that suspends lets others run; sleep(0) is made for that.",
    note: """
      greedy() awaits three times and never leaves the loop: nothing() has nothing to wait for, so \
      it runs inline. Its three lines come in one step. The polite ones give up their turn with \
      sleep(0) and so take turns.
      """,
    program: { _ in main() })
}

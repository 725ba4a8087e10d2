import Loop

private func meow(_ number: Int, _ barrier: Barrier) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    try await sleep(Double(number))
    print("\(number) is there")
    try await barrier.wait()
    print("\(number) goes on")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let barrier = try Barrier(3, "door")
    _ = try await gather(meow(1, barrier), meow(2, barrier), meow(3, barrier))()
  }
}

extension Demo {
  static let barrier = Demo(
    "barrier",
    title: "Wait for the last",
    lesson: "A barrier of 3 holds each until the third has come: 3 s.",
    note: """
      The last one never suspends at the barrier: it finds the others there and goes on at once. \
      Then the two who waited follow, in the order in which they came. Barriers came with Python \
      3.11.
      """,
    program: { _ in main() })
}

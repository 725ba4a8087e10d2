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
    let one = meow(1)
    let two = meow(2)
    let three = meow(3)
    let four = meow(4)
    let five = meow(5)
    try await three()
    try await one()
    try await five()
    try await two()
    try await four()
  }
}

extension Demo {
  static let order = Demo(
    "order",
    title: "Await in any order",
    lesson: "Coroutines run in the order in which they are awaited, one after the other: 5 s.",
    note: """
      All five lanes are PENDING from the start. main() awaits meow(3) first, so the others wait \
      for their await, not for the clock: nothing overlaps, and five sleeps of 1 s take 5 s.
      """,
    program: { _ in main() })
}

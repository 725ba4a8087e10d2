import Loop

private func meow(_ number: Int, _ first: Lock, _ second: Lock) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    try await first.withLock {
      print("\(number) has one")
      try await sleep(1)
      try await second.withLock {
        print("\(number) has both")
      }
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let fork = Lock("fork")
    let knife = Lock("knife")
    _ = try await gather(meow(1, fork, knife), meow(2, knife, fork))()
  }
}

extension Demo {
  static let deadlock = Demo(
    "deadlock",
    title: "After you",
    lesson: "Two locks taken in different orders: each waits for the other, for ever.",
    note: """
      At 1 s each holds one lock and waits for the other's. Nothing is ready and no timer is left. \
      Python would hang here without a word; this loop ends and names who waits for whom. The cure \
      is to take locks in one order everywhere.
      """,
    program: { _ in main() })
}

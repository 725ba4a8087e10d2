import Loop

private func meow(_ number: Int, _ lock: Lock) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    print("\(number) wants the bowl")
    try await lock.withLock {
      print("\(number) eats")
      try await sleep(1)
    }
    print("\(number) is full")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let lock = Lock("bowl")
    _ = try await gather(meow(1, lock), meow(2, lock), meow(3, lock))()
  }
}

extension Demo {
  static let lock = Demo(
    "lock",
    title: "One at a time",
    lesson: "A lock lets one coroutine through; the others wait in the order they came: 3 s.",
    note: """
      meow(1) takes the lock without giving the loop away: nobody holds it. release() does not run \
      the next one either. It resolves that one's future, whose wakeup goes to the ready queue, so \
      "2 eats" comes in a later step than "1 is full".
      """,
    program: { _ in main() })
}

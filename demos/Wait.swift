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
    _ = try await wait([meow(1), meow(2), meow(3), meow(4), meow(5)])
  }
}

extension Demo {
  static let wait = Demo(
    "wait",
    title: "In parallel with wait, and the order is lost",
    lesson: "wait() put bare coroutines into a set, so they start in an arbitrary order: 1 s.",
    note: """
      Why is the order lost? Up to Python 3.10, wait() makes tasks of bare coroutines by walking \
      over set(fs). A set walks in the order of hashes, and the hash of a coroutine is its address \
      in memory: an arbitrary order, not a random one. It tends to repeat until the program \
      changes. Here --seed chooses it. The five stop in the order in which they started, since \
      their timers were set in that order. From 3.11 on wait() refuses bare coroutines: try \
      --profile 3.11. wait-ordered shows the cure.
      """,
    profile: .python3(7),
    program: { _ in main() })
}

import Loop

private func meow(_ number: Int, _ semaphore: Semaphore) -> Coroutine<Void> {
  Coroutine("meow(\(number))") {
    try await semaphore.withPermit {
      print("starting \(number)")
      try await sleep(1)
      print("stopping \(number)")
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let semaphore = try Semaphore(2, "bowls")
    _ = try await gather((1...5).map { meow($0, semaphore) })()
  }
}

extension Demo {
  static let semaphore = Demo(
    "semaphore",
    title: "Two at a time",
    lesson: "A semaphore of 2 lets two through; five sleeps of 1 s take 3 s.",
    note: """
      All five tasks start at once, but three of them wait for the semaphore before they have \
      printed anything. Each that leaves lets the next one in.
      """,
    program: { _ in main() })
}

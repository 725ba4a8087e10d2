import Loop

private func sleeper(_ number: Int) -> Coroutine<Void> {
  Coroutine("sleeper(\(number))") {
    for turn in 0..<10 {
      try await sleep(Double((number * 10 + turn) * 7919 % 1_000_003) / 1e7)
    }
  }
}

extension Workload {
  static let sleeps = Workload(name: "sleeps", title: "100,000 tasks sleep 10 times") { scale in
    Coroutine("main()") {
      _ = try await Loop.gather((0..<scaled(100_000, scale)).map { sleeper($0) })()
    }
  }
}

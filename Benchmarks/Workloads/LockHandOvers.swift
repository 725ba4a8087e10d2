import Loop

private func visitor(_ lock: Lock, _ visits: Int) -> Coroutine<Void> {
  Coroutine("visitor(\(visits))") {
    for _ in 0..<visits {
      try await lock.withLock { try await sleep(0) }
    }
  }
}

extension Workload {
  static let lock = Workload(name: "lock", title: "100,000 lock hand-overs") { scale in
    Coroutine("main()") {
      let lock = Lock()
      _ = try await Loop.gather((0..<10).map { _ in visitor(lock, scaled(10_000, scale)) })()
    }
  }
}

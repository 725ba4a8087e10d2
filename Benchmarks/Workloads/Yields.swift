import Loop

private func drop(_ yields: Int) -> Coroutine<Void> {
  Coroutine("drop(\(yields))") {
    for _ in 0..<yields { try await sleep(0) }
  }
}

extension Workload {
  static let yields = Workload(name: "yields", title: "10,000 tasks yield 100 times") { scale in
    Coroutine("main()") {
      _ = try await Loop.gather((0..<scaled(10_000, scale)).map { _ in drop(100) })()
    }
  }
}

import Loop

private func nothing() -> Coroutine<Void> {
  Coroutine("nothing()") {}
}

extension Workload {
  static let spawn = Workload(name: "spawn", title: "1,000,000 tasks made and awaited") { scale in
    Coroutine("main()") {
      for _ in 0..<scaled(1_000_000, scale) { try await createTask(nothing())() }
    }
  }
}

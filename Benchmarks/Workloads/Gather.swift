import Loop

private func square(_ number: Int) -> Coroutine<Int> {
  Coroutine("square(\(number))") { number * number }
}

extension Workload {
  static let gather = Workload(name: "gather", title: "gather of 100,000") { scale in
    Coroutine("main()") {
      let count = scaled(100_000, scale)
      let squares = try await Loop.gather((0..<count).map { square($0) })()
      precondition(squares.last == (count - 1) * (count - 1))
    }
  }
}

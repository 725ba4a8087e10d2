import Loop

private func produce(_ queue: Queue<Int>, _ count: Int) -> Coroutine<Void> {
  Coroutine("produce(\(count))") {
    for item in 0..<count { try await queue.put(item) }
  }
}

private func consume(_ queue: Queue<Int>, _ count: Int) -> Coroutine<Int> {
  Coroutine("consume(\(count))") {
    var total = 0
    for _ in 0..<count { total += try await queue.get() }
    return total
  }
}

extension Workload {
  static let queue = Workload(name: "queue_items", title: "1,000,000 items through a queue") {
    scale in
    Coroutine("main()") {
      let count = scaled(1_000_000, scale)
      let queue = Queue<Int>(maxsize: 10)
      let producer = createTask(produce(queue, count))
      let total = try await createTask(consume(queue, count))()
      precondition(total == count * (count - 1) / 2)
      try await producer()
    }
  }
}

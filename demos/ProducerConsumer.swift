import Loop

private func produce(_ queue: Queue<Int?>) -> Coroutine<Void> {
  Coroutine("produce()") {
    for number in 1...5 {
      try await queue.put(number)
      print("put \(number)")
    }
    try await queue.put(nil)
  }
}

private func consume(_ queue: Queue<Int?>) -> Coroutine<Void> {
  Coroutine("consume()") {
    while let number = try await queue.get() {
      print("got \(number)")
      try await sleep(1)
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let queue = Queue<Int?>(maxsize: 2)
    _ = try await gather(produce(queue), consume(queue))()
  }
}

extension Demo {
  static let producerConsumer = Demo(
    "producer-consumer",
    title: "A queue with room for two",
    lesson: "put() waits while the queue is full, so the producer keeps the consumer's pace: 5 s.",
    note: """
      produce() fills the queue in its first step and then has to wait. From then on each get() \
      makes room for one and wakes it. A queue without a limit would let it run far ahead.
      """,
    program: { _ in main() })
}

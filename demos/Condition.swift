import Loop

private final class Bowl {
  var bites = 0
}

private func eat(_ number: Int, _ bowl: Bowl, _ condition: Condition) -> Coroutine<Void> {
  Coroutine("eat(\(number))") {
    try await condition.withLock {
      try await condition.waitFor { bowl.bites > 0 }
      bowl.bites -= 1
      print("\(number) eats, \(bowl.bites) left")
    }
  }
}

private func fill(_ bowl: Bowl, _ condition: Condition) -> Coroutine<Void> {
  Coroutine("fill()") {
    for _ in 1...2 {
      try await sleep(1)
      try await condition.withLock {
        bowl.bites += 1
        print("filled")
        try condition.notifyAll()
      }
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let bowl = Bowl()
    let condition = Condition("bowl")
    _ = try await gather(eat(1, bowl, condition), eat(2, bowl, condition), fill(bowl, condition))()
  }
}

extension Demo {
  static let condition = Demo(
    "condition",
    title: "Wait until it is true",
    lesson: "notify_all() wakes all who wait; each looks again and may have to wait on: 2 s.",
    note: """
      Both eaters wake at 1 s, but not together: each needs the lock first. eat(1) takes the only \
      bite, and eat(2) finds the bowl empty and waits again. That is why wait_for() loops.
      """,
    program: { _ in main() })
}

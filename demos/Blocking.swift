import Loop

private func tick() -> Coroutine<Void> {
  Coroutine("tick()") {
    for number in 1...5 {
      print("tick \(number)")
      try await sleep(1)
    }
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let clock = ensureFuture(tick())
    try await sleep(0.5)
    print("blocking")
    timeSleep(2)
    print("blocked for 2 s")
    try await getRunningLoop().runInExecutor(nil, "time.sleep") { timeSleep(2) }()
    print("waited for 2 s")
    try await clock()
  }
}

extension Demo {
  static let blocking = Demo(
    "blocking",
    title: "Do not block the loop",
    lesson: "time.sleep() stops every coroutine; in a thread it stops none.",
    note: """
      While main() is in time.sleep(2), its step does not end: no other handle runs, and tick()'s \
      timer fires late. The second time the same function runs in a thread, and tick() goes on.
      """,
    program: { _ in main() })
}

import Loop

func meow(_ number: Int) -> Coroutine<Int> {
  Coroutine("meow(\(number))") {
    try await sleep(1)
    return number
  }
}

func main() -> Coroutine<Void> {
  Coroutine("main()") {
    let first = createTask(meow(1))  // scheduled, not run
    let two = try await meow(2)()  // runs here and now: 1 s
    let more = try await gather(meow(3), meow(4))()  // side by side: 1 s
    let (name, age) = try await gather(readName(), meow(7))()  // of several types: a tuple
    print(try await first(), two, more, name, age)  // 1 2 [3, 4] Mia 7
  }
}

func readName() -> Coroutine<String> {
  Coroutine("readName()") { "Mia" }
}

func twoRuns() throws -> (Int, Int64) {
  try withRunner(clock: .virtual) { runner in
    let number = try runner.run(meow(1))
    return (try runner.run(meow(number + 1)), try runner.getLoop().time)  // (2, 2000000000)
  }
}

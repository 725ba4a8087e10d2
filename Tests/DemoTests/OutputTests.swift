import Demos
import Loop
import Testing

/// What each demo prints, and how long it takes on the virtual clock.
struct OutputTests {
  private static func meows(_ order: [Int]) -> [String] {
    order.flatMap { ["starting \($0)", "stopping \($0)"] }
  }

  @Test(arguments: [
    ("hello", ["Hey!"], 0),
    ("deferred", ["A", "B", "C", "D"], 0),
    ("ensure-future", ["C", "A", "B", "D"], 1),
    ("order", meows([3, 1, 5, 2, 4]), 5),
    (
      "wait-ordered",
      (1...5).map { "starting \($0)" } + (1...5).map { "stopping \($0)" }, 1
    ),
    ("gather", ["[1, 2, 3, 4, 5]"], 1),
    ("reawait", ["1", "1", "1"], 0),
    ("evens-odds", meows([1, 3, 5, 2, 4]), 5),
    ("never-awaited", [], 0),
    ("storm", [], 0),
  ])
  func `each demo prints what it says`(name: String, output: [String], seconds: Double) throws {
    for profile in Profile.supported {
      let run = try DemoRun(try #require(Demo.named(name)), profile: profile)
      #expect(run.output == output, "\(profile)")
      #expect(run.seconds == seconds)
      if name != "reawait" { #expect(run.failure == nil) }
    }
  }

  @Test(arguments: [
    (
      "cancel",
      ["sleeping", "asked to cancel", "cancelled at the await", "tidied up", "meow() is gone"], 1
    ),
    ("timeout", ["starting", "cancelled", "gave up"], 1),
    ("shield", ["saving", "no longer waiting", "saved", "done"], 2),
    ("as-completed", ["1", "2", "3"], 3),
    (
      "producer-consumer",
      [
        "put 1", "put 2", "got 1", "put 3", "got 2", "put 4", "got 3", "put 5", "got 4", "got 5",
      ], 5
    ),
    (
      "lock",
      [
        "1 wants the bowl", "1 eats", "2 wants the bowl", "3 wants the bowl", "1 is full", "2 eats",
        "2 is full", "3 eats", "3 is full",
      ], 3
    ),
    ("deadlock", ["1 has one", "2 has one"], 1),
    (
      "semaphore",
      [
        "starting 1", "starting 2", "stopping 1", "stopping 2", "starting 3", "starting 4",
        "stopping 3", "stopping 4", "starting 5", "stopping 5",
      ], 3
    ),
    ("condition", ["filled", "1 eats, 0 left", "filled", "2 eats, 0 left"], 2),
    (
      "barrier",
      ["1 is there", "2 is there", "3 is there", "3 goes on", "1 goes on", "2 goes on"], 3
    ),
    ("exception-in-gather", ["stopping 1", "caught hairball", "going on", "stopping 3"], 4),
    ("task-group", ["starting 1", "starting 2", "starting 3", "stopping 1", "cancelled 3"], 2),
    ("never-retrieved", ["all is well"], 1),
    (
      "blocking",
      [
        "tick 1", "blocking", "blocked for 2 s", "tick 2", "tick 3", "waited for 2 s", "tick 4",
        "tick 5",
      ], 6.5
    ),
    (
      "starvation",
      [
        "greedy 1", "greedy 2", "greedy 3", "one 1", "two 1", "one 2", "two 2", "one 3", "two 3",
      ], 0
    ),
    ("eager", ["C", "A", "B", "E", "D"], 0),
  ])
  func `each demo of the wider API prints what it says`(
    name: String, output: [String], seconds: Double
  ) throws {
    let run = try DemoRun(try #require(Demo.named(name)))
    #expect(run.output == output)
    #expect(run.seconds == seconds)
  }

  @Test(arguments: [("task-group", 10), ("barrier", 10), ("eager", 11)])
  func `a demo says so where a version lacks what it needs`(name: String, minor: Int) throws {
    let run = try DemoRun(try #require(Demo.named(name)), profile: .python3(minor))
    #expect(run.failure?.hasPrefix("AttributeError: module 'asyncio' has no attribute") == true)
  }

  @Test func `a deadlock names both lanes and both locks`() throws {
    let run = try DemoRun(try #require(Demo.named("deadlock")))
    let failure = try #require(run.failure)
    #expect(failure.contains("meow(1) waits for lock knife, which meow(2) holds"))
    #expect(failure.contains("meow(2) waits for lock fork, which meow(1) holds"))
  }

  @Test func `an exception that nobody retrieves is reported with its task`() throws {
    let run = try DemoRun(try #require(Demo.named("never-retrieved")))
    #expect(
      run.errors == [
        "Task exception was never retrieved",
        "future: <Task finished name='Task-2' coro=<meow() done, defined at "
          + "NeverRetrieved.swift:4> exception=ValueError('hairball')>",
        "ValueError: hairball",
      ])
  }

  @Test func `awaiting a coroutine twice ends the run with a RuntimeError`() throws {
    let run = try DemoRun(try #require(Demo.named("reawait")))
    #expect(run.failure == "RuntimeError: cannot reuse already awaited coroutine")
  }

  @Test func `a coroutine that is never awaited is warned of`() throws {
    let run = try DemoRun(try #require(Demo.named("never-awaited")))
    #expect(
      run.errors
        == ["NeverAwaited.swift:4: RuntimeWarning: coroutine 'greet' was never awaited"])
  }

  @Test(arguments: 6...10)
  func `wait starts bare coroutines in the order of a set`(minor: Int) throws {
    let demo = try #require(Demo.named("wait"))
    var orders: Set<[String]> = []
    for seed in 0..<8 as Range<UInt64> {
      let run = try DemoRun(demo, profile: .python3(minor), seed: seed)
      #expect(run.output.count == 10)
      let starts = run.output.prefix(5).map { String($0.dropFirst("starting ".count)) }
      let stops = run.output.suffix(5).map { String($0.dropFirst("stopping ".count)) }
      #expect(starts.sorted() == ["1", "2", "3", "4", "5"])
      #expect(starts == stops)
      #expect(run.seconds == 1)
      #expect(run.errors.count { $0.contains("DeprecationWarning") } == (minor >= 9 ? 1 : 0))
      orders.insert(starts)
    }
    #expect(orders.count > 3)
  }

  @Test(arguments: 11...15)
  func `wait refuses bare coroutines from 3_11 on`(minor: Int) throws {
    let run = try DemoRun(try #require(Demo.named("wait")), profile: .python3(minor))
    #expect(run.output.isEmpty)
    #expect(run.failure == "TypeError: Passing coroutines is forbidden, use tasks explicitly.")
    #expect(run.errors.count { $0.hasSuffix("coroutine 'meow' was never awaited") } == 5)
  }
}

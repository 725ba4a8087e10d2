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

  @Test(arguments: 11...13)
  func `wait refuses bare coroutines from 3_11 on`(minor: Int) throws {
    let run = try DemoRun(try #require(Demo.named("wait")), profile: .python3(minor))
    #expect(run.output.isEmpty)
    #expect(run.failure == "TypeError: Passing coroutines is forbidden, use tasks explicitly.")
    #expect(run.errors.count { $0.hasSuffix("coroutine 'meow' was never awaited") } == 5)
  }
}

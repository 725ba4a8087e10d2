import ArgumentParser
import Loop
import Trace

/// Whether a step costs the same however many tasks there are.
struct FlatnessBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flat", abstract: "Cost of a step with 10 to 1,000,000 tasks.")

  @Option(help: "How many steps are taken with each number of tasks.")
  var steps = 4_000_000

  @Option(name: .shortAndLong, help: "How often each is run.")
  var rounds = 3

  func run() throws {
    var table = Table(["tasks", "ns a yield", "ns a sleep"])
    for power in 1...6 {
      let tasks = (0..<power).reduce(1) { count, _ in count * 10 }
      progress("\(tasks) tasks")
      let turns = max(2, steps / tasks)
      let yields = try (0..<rounds).map { _ in
        try Self.nanoseconds(tasks: tasks, turns: turns) { _ in 0 }
      }
      let sleeps = try (0..<rounds).map { _ in
        try Self.nanoseconds(tasks: tasks, turns: max(2, turns / 4)) {
          Double($0 * 7919 % 1_000_003) / 1e6
        }
      }
      table.add(["\(tasks)", "\(median(yields))", "\(median(sleeps))"])
    }
    Swift.print(table.text)
  }

  /// Processor time of one turn of one task, from when all tasks have started.
  ///
  /// - Parameter delay: how long the nth sleep lasts, in seconds.
  static func nanoseconds(
    tasks: Int, turns: Int, delay: @escaping (Int) -> Double
  ) throws -> UInt64 {
    func sleeper(_ number: Int) -> Coroutine<Void> {
      Coroutine("sleeper(\(number))") {
        for turn in 0..<turns { try await sleep(delay(number * turns + turn)) }
      }
    }
    func main() -> Coroutine<UInt64> {
      Coroutine("main()") {
        let members = gather((0..<tasks).map { sleeper($0) })
        try await sleep(0)
        let begun = processorTime()
        _ = try await members()
        return (processorTime() - begun) / UInt64(tasks * turns)
      }
    }
    let loop = EventLoop(clock: .virtual)
    defer { loop.close() }
    return try loop.runUntilComplete(main())
  }
}

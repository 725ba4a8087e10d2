import Foundation
import Python
import PythonSupport
import Testing
import TmuxSupport
import Trace
import TraceSamples

/// `loopscope stats` on recordings.
@Suite struct StatsTests {
  private struct Stats: Decodable {
    struct Spread: Decodable {
      var count: Int
      var longest: Int64
    }
    struct Function: Decodable {
      var kind: String
      var name: String
      var line: Int?
      var calls: Int
      var before: Int
      var atOnce: Int
      var left: Int
      var failed: Int
      var cancelled: Int
      var steps: Int
      var time: Int64
      var awaiting: Int64
      var pending: Int64
      var waits: [String: Int64]

      var key: String {
        switch kind {
        case "loop": "loop"
        case "callback": "callback \(name)"
        default: "\(name.split(separator: "(").first ?? ""):\(line ?? 0)"
        }
      }
    }
    struct Queue: Decodable { var handles: Int }
    struct Shared: Decodable {
      var name: String
      var waits: Int
      var waited: Int64
      var most: Int
      var grows: Bool
    }
    var from: Int64
    var to: Int64
    var tellsSteps: Bool
    var busy: Int64
    var steps: Int
    var atOnce: Int
    var inQueue: Spread?
    var timersLate: Spread?
    var longestQueue: Queue
    var functions: [Function]
    var shared: [Shared]
  }

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func stats(_ file: String, _ arguments: String...) throws -> Stats {
    let answer = try loopscope(all: ["stats", file, "--json"] + arguments)
    #expect(answer.status == 0)
    return try JSONDecoder().decode(Stats.self, from: Data(answer.output.utf8))
  }

  /// Expects what is counted to be what is added up event by event.
  private func expectSums(in file: String) throws -> Stats {
    let stats = try stats(file)
    let batch = try WholeRecording(path: file).timeline.batch
    let plain = PlainStats(batch, in: 0..<batch.events.count)
    #expect(stats.from == batch.events.first?.time && stats.to == batch.events.last?.time)
    #expect(stats.busy == plain.busy && stats.atOnce == plain.atOnce)
    #expect(stats.longestQueue.handles == plain.longestQueue)
    #expect(stats.inQueue?.count ?? 0 == plain.queueing.count)
    #expect(stats.inQueue?.longest == plain.queueing.max())
    #expect(stats.timersLate?.longest == plain.lateness.max())
    #expect(stats.functions.reduce(0) { $0 + $1.time } == stats.busy)
    for function in stats.functions {
      let expected = plain.functions[function.key] ?? PlainStats.Function()
      let called = function.calls + function.before
      #expect(called == expected.calls + expected.before, "\(function.key)")
      #expect(function.time == expected.time, "\(function.key)")
      guard function.kind == "coroutine" else { continue }
      #expect(function.steps == expected.steps.count, "\(function.key)")
      #expect(function.atOnce == expected.atOnce, "\(function.key)")
      #expect(function.failed == expected.failed && function.left == expected.left)
      #expect(function.cancelled == expected.cancelled)
      for (sort, time) in function.waits {
        #expect(time == expected.states[sort] ?? 0, "\(function.key) \(sort)")
      }
      #expect(function.awaiting == expected.states["awaiting"] ?? 0)
      #expect(function.pending == expected.states["pending"] ?? 0)
    }
    return stats
  }

  @Test(arguments: PostRecording.all.filter { ["3.6", "3.13"].contains($0.version) })
  func `the sums of a recording are those of its events`(recording: PostRecording) throws {
    _ = try expectSums(in: recording.path())
  }

  private static let service = """
    import asyncio, time

    async def fetch(number):
        await asyncio.sleep(0.001)
        time.sleep(0.001)
        if number % 5 == 0:
            raise ValueError(number)

    async def worker(queue, lock):
        while True:
            number = await queue.get()
            try:
                async with lock:
                    await fetch(number)
            except ValueError:
                pass
            queue.task_done()

    async def forgotten(event):
        await event.wait()

    async def main():
        queue, lock, event = asyncio.Queue(4), asyncio.Lock(), asyncio.Event()
        loop = asyncio.get_event_loop()
        workers = [asyncio.ensure_future(worker(queue, lock)) for _ in range(3)]
        for number in range(40):
            await queue.put(number)
            loop.create_task(forgotten(event))
        await queue.join()
        await asyncio.gather(*[loop.run_in_executor(None, time.sleep, 0.01) for _ in range(3)])
        for one in workers:
            one.cancel()
        await asyncio.wait(workers)

    asyncio.run(main())
    """

  /// Records it with the newest interpreter that is installed.
  private func record(_ text: String, _ options: String...) throws -> String {
    let python = try #require(Interpreters.installed.last).path
    let file = scratch.file("run.jsonl")
    let script = try scratch.write(text, to: "service.py")
    let answer = try loopscope(
      all: ["record", "-o", file, "python", "--python", python] + options + [script])
    #expect(answer.status == 0, "\(answer.errors)")
    return file
  }

  @Test(.wherePythonIs) func `so are those of a real program on the real clock`() throws {
    let stats = try expectSums(in: record(Self.service))
    let functions = Dictionary(grouping: stats.functions) { String($0.name.prefix { $0 != "(" }) }
    let fetch = try #require(functions["fetch"]?.first)
    #expect(fetch.calls == 40 && fetch.failed == 8)
    // What sleeps in a function that is no coroutine's is on the loop.
    #expect(fetch.time >= 40_000_000 && fetch.waits["timer"] ?? 0 >= 39_000_000)
    let forgotten = try #require(functions["forgotten"]?.first)
    #expect(
      forgotten.atOnce == 40 && forgotten.cancelled == 40 && forgotten.waits["event"] ?? 0 > 0)
    #expect(functions["worker"]?.first?.waits["lock"] ?? 0 > 0)
    let lock = try #require(stats.shared.first { $0.name == "lock 1" })
    #expect(lock.most == 1 && lock.waits > 30)
    #expect(lock.waited == functions["worker"]?.first?.waits["lock"])
    let queue = try #require(stats.shared.first { $0.name == "queue 1" })
    #expect(queue.most == 4 && queue.waits > 0)
  }

  @Test(.wherePythonIs) func `of the newest events, who was there already is told`() throws {
    let file = try record(Self.service, "--keep-last", "300")
    let stats = try expectSums(in: file)
    #expect(stats.from > 0)
    let forgotten = try #require(stats.functions.first { $0.name.hasPrefix("forgotten") })
    #expect(forgotten.before > 0 && forgotten.calls + forgotten.before <= 40)
    let text = try loopscope("stats", file)
    #expect(text.output.contains(" there before"))
    #expect(text.output.contains("events were lost"))
  }

  @Test(.wherePythonIs) func `of tasks alone it says that there are no steps`() throws {
    let file = try record(Self.service, "--detail", "tasks")
    let stats = try expectSums(in: file)
    #expect(!stats.tellsSteps && stats.steps == 0)
    #expect(stats.functions.first { $0.name.hasPrefix("worker") }?.calls == 3)
    let text = try loopscope("stats", file)
    #expect(text.output.contains("The recording tells of tasks alone"))
    #expect(!text.output.contains(" busy") && !text.output.contains("steps  "))
  }

  @Test func `on a virtual clock it says that steps take no time`() throws {
    let answer = try loopscope("stats", PostRecording(version: "3.13", demo: "order").path())
    #expect(answer.lines.first == "order.py: 5.000 s, from 0.000s to 5.000s, on CPython 3.13.0.")
    #expect(answer.output.contains("On a virtual clock steps take no time"))
    #expect(!answer.output.contains("busy (") && !answer.output.contains("  time  "))
    #expect(answer.lines.contains("    5        5      6  3.00s  5.00s  meow(…)  order.py:4"))
    let file = scratch.file("blocking.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "blocking")
    let blocking = try loopscope("stats", file)
    #expect(blocking.output.contains("30% busy (2.000 s)"))
    #expect(blocking.output.contains("main() in Blocking.swift from line 15 to line 19"))
  }

  private static let killed = """
    {"loopscope":1,"clock":"real","unit":"ns","program":["app.py"],"runtime":"test"}
    ["s",1,"spin\\u001b[31m(1)"]
    ["s",2,"app.py"]
    ["cn",0,1,1,0,2,3]
    ["tn",0,1,1,2]
    ["hs",0,1,"step",1,"created"]
    ["lt",1000,1]
    ["hb",0,1]
    ["cs",0,1]
    ["s",3,"x"]
    ["pm",5000000,3]
    """

  @Test func `of a run that was killed the last step has not ended, and nothing is obeyed`() throws
  {
    let file = try scratch.write(Self.killed, to: "killed.jsonl")
    let answer = try loopscope("stats", file)
    #expect(answer.errors.contains("it was quit or killed"))
    #expect(answer.output.contains("99% busy (0.005 s), 1 step in 1 tick"))
    #expect(answer.output.contains("5.00ms, step 1 at 0.000001s: spin"))
    #expect(answer.output.contains(", which had not ended"))
    #expect(answer.output.contains("1 left at the end"))
    for output in [answer.output, try loopscope("stats", file, "--json").output] {
      #expect(!output.unicodeScalars.contains("\u{1b}") && output.contains("spin\\"))
    }
  }

  @Test func `rows in the order that is asked for, as many as are asked for`() throws {
    let file = scratch.file("storm.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "producer-consumer")
    let all = try stats(file).functions
    #expect(all.count > 2)
    for (sort, amount) in [
      ("waits", { (function: Stats.Function) in function.waits.values.reduce(0, +) }),
      ("calls", { Int64($0.calls) }), ("steps", { Int64($0.steps) }),
      ("at-once", { Int64($0.atOnce) }),
    ] {
      let sorted = try stats(file, "--sort", sort).functions
      #expect(sorted.map(amount) == all.map(amount).sorted(by: >), "\(sort)")
    }
    #expect(try stats(file, "--limit", "1").functions.count == 1)
    let one = try loopscope("stats", file, "--limit", "1")
    #expect(one.output.contains("\(all.count - 1) others"))
    let end = try stats(file).to
    let part = try stats(file, "--since", "50%", "--at", "80%")
    #expect(part.from > 0 && part.to < end && part.steps < all.reduce(0) { $0 + $1.steps })
  }

  @Test func `what it does not take it refuses in a sentence`() throws {
    let file = PostRecording(version: "3.13", demo: "order").path()
    #expect(
      try loopscope("stats", file, "--limit", "0").errors.contains(
        "Error: --limit must be at least 1.\n"))
    let order = try loopscope("stats", file, "--sort", "beauty")
    #expect(order.status != 0 && order.errors.contains("beauty"))
    let turned = try loopscope("stats", file, "--since", "4s", "--at", "1s")
    #expect(turned.status == 1 && turned.errors.contains("--since is a moment after --at."))
  }
}

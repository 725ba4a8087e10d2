import Foundation
import Loop
import Testing
import TmuxSupport
import Trace

/// What docs/loop.md shows is built here and does what it says.
@Suite struct GuideTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// Runs a program on a virtual clock of its own.
  private static func output<Value>(
    of main: @autoclosure () -> Coroutine<Value>, seed: UInt64 = 0
  ) throws -> [String] {
    var text = ""
    try run(main(), clock: .virtual, seed: seed) { said, _ in text += said }
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `every example of the page is code that is built`() throws {
    let page = try Self.text(of: Self.folder.appending(path: "../../docs/loop.md"))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let code = try
      (files.filter { $0.hasSuffix(".swift") } + ["../Fixtures/LanesFixture/main.swift"])
      .map { try Self.text(of: Self.folder.appending(path: $0)) }
      .map(Self.withoutIndentation).joined(separator: "\n")
    let examples = page.components(separatedBy: "```swift\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
    #expect(examples.count >= 10)
    for example in examples {
      #expect(code.contains(Self.withoutIndentation(example)), "\(example)")
    }
  }

  @Test func `a program prints what the page says`() throws {
    #expect(try Self.output(of: main()) == ["1 2 [3, 4] Mia 7"])
  }

  @Test func `a simulation is the same in each run of a seed`() throws {
    func served(_ seed: UInt64) throws -> Int {
      try run(customers(), clock: .virtual, seed: seed)
    }
    let first = try served(1)
    #expect((1..<1_000).contains(first))
    #expect(try served(1) == first)
    #expect(try served(2) != first)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `the log is written before it is read, in whatever order`(seed: UInt64) throws {
    try withRunner(clock: .virtual, seed: seed) { runner in
      try runner.getLoop().chances = .max
      try runner.run(logAndRead())
    }
  }

  @Test func `with chances some order is found in which a program fails, without any none`() throws
  {
    func fails(_ seed: UInt64, chances: Int) throws -> Bool {
      try withRunner(clock: .virtual, seed: seed) { runner in
        try runner.getLoop().chances = chances
        do {
          try runner.run(trustAndRead())
          return false
        } catch GuideError.readTooEarly {
          return true
        }
      }
    }
    let failing = try (1...100 as ClosedRange<UInt64>).filter { try fails($0, chances: .max) }
    #expect((1..<50).contains(failing.count))
    for seed in failing {
      #expect(try !fails(seed, chances: 0))
      // There are two timers.
      #expect(try fails(seed, chances: 2))
    }
  }

  @Test func `errors end as the page says`() throws {
    #expect(
      try Self.output(of: errors())
        == ["cleaned up", "cancelled", "handler: Exception in callback broken()"])
    let error = #expect(throws: DeadlockError.self) { try Self.output(of: deadlock()) }
    #expect(
      error?.message
        == "nothing is ready and no timer is left: "
        + "deadlock() waits for lock bowl, which deadlock() holds")
  }

  @Test func `callbacks and threads come in their order`() throws {
    #expect(
      try Self.output(of: callbacks()) == [
        "2000000000 True", "soon", "done", "42", "13 6000000000",
      ])
  }

  @Test func `a thread waits in the loop's time`() throws {
    let (sum, time) = try withRunner(clock: .virtual) { runner in
      (try runner.run(threads()), try runner.getLoop().time)
    }
    #expect(sum == 3)
    #expect(time == 2_000_000_000)
  }

  @Test func `several runs share a loop`() throws {
    let (number, time) = try twoRuns()
    #expect(number == 2)
    #expect(time == 2_000_000_000)
  }

  @Test func `a recording is read back`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "guide-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try recordToFile(path)
    #expect(try readBack(path) == ["1 2 [3, 4] Mia 7\n"])
    let header = try RecordingReader(path: path).header
    #expect(header.seed == 7)
    #expect(header.clock == .virtual)
    #expect(header.sources.map(\.name) == ["Guide.swift"])
  }

  @Test func `a recording says with which chances it was made`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "guide-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func nap() -> Coroutine<Void> {
      Coroutine("nap()") { for _ in 0..<10 { try await sleep(2) } }
    }
    func recorded(chances: Int) throws -> (header: RunHeader, time: Int64) {
      try record(
        nap(), to: path, clock: .virtual, seed: 4, chances: chances, echo: nil)
      let reader = try RecordingReader(path: path)
      var time: Int64 = 0
      while let batch = reader.next(maxEvents: 1000) { time = batch.events.last?.time ?? time }
      return (reader.header, time)
    }
    let onTime = try recorded(chances: 0)
    #expect(onTime.header.seed == 4 && onTime.header.chances == nil)
    let late = try recorded(chances: 3)
    #expect(late.header.chances == 3 && late.time > onTime.time)
    // What is left of them is not what was given.
    let loop = EventLoop(clock: .virtual, seed: 4)
    loop.chances = 2
    _ = try loop.runUntilComplete(nap())
    #expect(loop.chances < 2 && loop.header().chances == 2)
    // A source gives its loop those of its header.
    let source = LoopSource(header: late.header) { Coroutine("main()") { try await nap()() } }
    let events = source.run(until: .max, budget: .max).events
    #expect(events.last?.time == late.time)
  }

  @Test func `inside a running loop no recording is replaced`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "guide-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try recordToFile(path)
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: RuntimeError.self) {
      try run(Coroutine("main()") { try recordToFile(path) }, clock: .virtual)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test func `a run in memory is the run in steps`() throws {
    let batch = try recordToMemory()
    #expect(batch.texts.contains("1 2 [3, 4] Mia 7\n"))
    let moments = stepByStep()
    #expect(
      moments.count == batch.events.count { if case .handleEnded = $0.fact { true } else { false } }
    )
    #expect(moments.last == batch.events.last?.time)
  }

  @Test(.enabled(if: Tmux.isAvailable))
  func `a program is watched in the lanes`() async throws {
    let tmux = try Tmux(running: [try builtProduct("LanesFixture")], columns: 100, rows: 30)
    let first = try await tmux.wait(for: "step 0")
    #expect(first.contains { $0.contains("nap()") && $0.contains("ready") })
    try tmux.send(".")
    let second = try await tmux.wait(for: "step 1")
    #expect(second.contains { $0.contains("▸    try await sleep(1)") })
    try tmux.send(",")
    try await tmux.wait(for: "step 0")
    try tmux.send("....")
    #expect(try await tmux.wait(for: "✓ DONE").contains { $0.contains("nap() │ awake") })
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
  }

  // The page's own example of a test.
  @Test func `a timeout takes no time`() throws {
    try run(
      Coroutine("test()") {
        let loop = try getRunningLoop()
        await #expect(throws: TimeoutError.self) {
          try await timeout(3_600) { _ in try await sleep(7_200) }
        }
        #expect(loop.time == 3_600_000_000_000)
      }, clock: .virtual)
  }

  private static func text(of file: URL) throws -> String {
    try String(contentsOf: file, encoding: .utf8)
  }

  /// A page shows members of a type and bodies of functions too.
  private static func withoutIndentation(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

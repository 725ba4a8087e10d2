import Foundation
import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Real Python programs in the lanes of a real terminal.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct PythonTests {
  /// A program that says its process and then does as little as can be, for ever.
  private static let cats = """
    import asyncio, os, sys

    async def meow(n):
        while True:
            await asyncio.sleep(0.01)

    async def listen():
        loop = asyncio.get_event_loop()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if not line:
                break
            print('heard', line.strip().upper())
        print('heard it all')
        os._exit(3)

    async def main():
        await asyncio.gather(meow(1), meow(2), meow(3), listen())

    print('process', os.getpid())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  private static let cleaner = """
    import asyncio, os

    async def main():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            print('cleaned up', flush=True)

    asyncio.run(main())
    """

  private let scratch: Scratch
  private let script: String

  init() throws {
    scratch = try Scratch()
    script = try scratch.write(Self.cats, to: "cats.py")
  }

  /// Starts it and lets it run. What runs never stands still.
  private func watch(_ arguments: String...) async throws -> Tmux {
    let tmux = try launch(["python"] + arguments, columns: 160)
    try await tmux.glimpse("running the loop")
    return tmux
  }

  @Test func `a program is held, stepped, rewound, let go, held and ended`() async throws {
    let tmux = try await open("python", "--step", script, "--help", columns: 160)
    let process = try await tmux.watchedProcess()
    try await tmux.wait(forStep: 0)
    try await tmux.stepTwentyAndRewind()
    try tmux.send(" ")
    try await tmux.glimpse("running the loop")
    try await tmux.glimpse(of: "a hundred steps") {
      ($0.first?.firstMatch(of: /step (\d+)/)?.1).flatMap { Int($0) } ?? 0 > 100
    }
    try tmux.send(" ")
    try await tmux.wait(for: "paused")
    #expect(isAlive(process))
    try await tmux.quit()
    #expect(try await hasEnded(process))
  }

  @Test func `a line that is typed is the program's input`() async throws {
    let tmux = try await watch(script)
    let process = try await tmux.watchedProcess()
    try tmux.send(":cats & dogs")
    try await tmux.glimpse("input: cats & dogs")
    try tmux.send(Keys.enter)
    try await tmux.glimpse("heard CATS & DOGS")
    // What is pasted stays in lines.
    try tmux.send(":" + Keys.paste("one\r\rtwo\r"))
    try await tmux.glimpse("input: one␊␊two␊")
    try tmux.send(Keys.enter)
    try await tmux.glimpse("heard TWO")
    #expect(try tmux.screen().contains { $0.contains("heard ONE") })
    try tmux.send(":")
    try await tmux.glimpse("input:")
    try tmux.send("\u{04}")
    try await tmux.wait(for: "ended: exit status 3")
    #expect(try tmux.screen().contains { $0.contains("heard it all") })
    try await tmux.type(":", toSee: "There is no program here that takes input.")
    #expect(try await hasEnded(process))
    try await tmux.quit()
  }

  @Test func `a Ctrl-C in the line of input is the program's, and can be stepped through`()
    async throws
  {
    let script = try scratch.write(Self.cleaner, to: "cleaner.py")
    let tmux = try launch(["python", script], columns: 160)
    try await tmux.glimpse("SLEEPING")
    try tmux.send(" ")
    try await tmux.wait(for: "paused")
    try tmux.send(":")
    try await tmux.wait(for: "input:")
    try tmux.send("\u{03}")
    try await tmux.wait(for: "Ctrl-C was sent to the program.")
    try tmux.send(" ")
    try await tmux.wait(for: "ended by SIGINT")
    #expect(try tmux.screen().contains { $0.contains("cleaned up") })
    try await tmux.quit()
  }

  @Test(arguments: [true, false])
  func `a program that is killed is told in the header, and its lanes stay`(
    isHeld: Bool
  ) async throws {
    let tmux = try await watch(script)
    let process = try await tmux.watchedProcess()
    try await tmux.glimpse("meow(3)")
    if isHeld { try await tmux.type(" ", toSee: "paused") }
    kill(process, SIGKILL)
    let screen = try await tmux.wait(for: "■ ended by SIGKILL")
    #expect(screen.contains { $0.contains("meow(3)") })
    try await tmux.type(",", toSee: "paused")
    try tmux.send(Keys.end)
    try await tmux.wait(for: "■ ended by SIGKILL")
    try await tmux.quit()
  }

  @Test func `the end of a program is seen though its offspring holds all that it had open`()
    async throws
  {
    let script = try scratch.write(
      "import os, time\nif os.fork() == 0:\n    time.sleep(1000)\n" + Self.cats, to: "fork.py")
    let tmux = try await watch(script)
    let process = try await tmux.watchedProcess()
    let offspring = try run(["pgrep", "-P", "\(process)"]).output.split(separator: "\n")
    try await tmux.type(" ", toSee: "paused")
    kill(process, SIGKILL)
    try await tmux.wait(for: "■ ended by SIGKILL")
    try await tmux.quit()
    #expect(offspring.count == 1)
    for process in offspring { #expect(try await hasEnded(try #require(Int32(process)))) }
  }

  @Test func `r ends the program and runs it again`() async throws {
    let tmux = try await open("python", "--step", script, columns: 160)
    let first = try await tmux.watchedProcess()
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    try tmux.send("r")
    try await tmux.wait(forStep: 0)
    try await tmux.wait(for: "another process") { screen in
      screen.contains { $0.contains(/process \d+/) } && !screen.contains { $0.contains("\(first)") }
    }
    let second = try await tmux.watchedProcess()
    #expect(try await hasEnded(first))
    try await tmux.quit()
    #expect(try await hasEnded(second))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal ends both`(signal: Int32) async throws {
    let tmux = try await watch(script)
    let process = try await tmux.watchedProcess()
    kill(try #require(tmux.programID), signal)
    #expect(try await tmux.exitStatus() == 128 + signal)
    try tmux.expectRestored()
    #expect(try await hasEnded(process))
  }

  @Test func `when loopscope is killed its recording plays, and the program ends`() async throws {
    let file = scratch.file("run.jsonl")
    let tmux = try await watch("--record", file, script)
    let process = try await tmux.watchedProcess()
    try await tmux.glimpse(of: "a recording") { _ in scratch.size("run.jsonl.part") > 4000 }
    kill(try #require(tmux.programID), SIGKILL)
    #expect(try await hasEnded(process))
    let answer = try loopscope("play", file + ".part")
    #expect(answer.status == 0)
    #expect(answer.output.contains("meow(3)"))
    #expect(answer.output.contains("process \(process)"))
  }

  @Test func `a recording of what was watched is complete`() async throws {
    let file = scratch.file("run.jsonl.gz")
    let tmux = try await watch("--record", file, script)
    let process = try await tmux.watchedProcess()
    try await tmux.quit()
    let answer = try loopscope("events", file)
    #expect(answer.errors.isEmpty)
    #expect(answer.lines.contains { $0.contains("process \(process)") })
    #expect(answer.lines.last?.contains("SIGTERM") == true)
    #expect(!scratch.exists("run.jsonl.gz.part"))
  }

  #if os(Linux)
    @Test func `a program that is held uses no processor, nor does the screen`() async throws {
      let tmux = try await watch(script)
      let processes = [try await tmux.watchedProcess(), try #require(tmux.programID)]
      try await tmux.type(" ", toSee: "paused")
      func use() throws -> [String] {
        try processes.map { try run(["grep", "ctxt_switches", "/proc/\($0)/status"]).output }
      }
      // On a machine that is busy something of what came before may be late.
      var (before, looksAlike) = (try use(), 0)
      try await tmux.wait(for: "rest") { _ in
        let now = try use()
        looksAlike = now == before ? looksAlike + 1 : 0
        before = now
        return looksAlike == 50
      }
      for _ in 0..<100 { _ = try tmux.screen() }
      #expect(try use() == before)
      try await tmux.quit()
    }
  #endif
}

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

  private func wait(for what: String, until isMet: () throws -> Bool) async throws {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(10)
    while clock.now < limit {
      if try isMet() { return }
      try await clock.sleep(for: .milliseconds(10))
    }
    throw TmuxFailure("waited ten seconds for \(what)")
  }

  /// The process of the program, from what it prints.
  private func process(_ tmux: Tmux) async throws -> Int32 {
    var process: Int32?
    try await wait(for: "the process") {
      process =
        try tmux.screen().lazy.compactMap { $0.firstMatch(of: /process (\d+)/)?.1 }.first
        .flatMap { Int32($0) }
      return process != nil
    }
    return try #require(process)
  }

  private func expectGone(_ process: Int32) async throws {
    try await wait(for: "the end of the program") { !isAlive(process) }
  }

  /// A zombie that nobody has waited for is not alive.
  private func isAlive(_ process: Int32) -> Bool {
    let state = (try? run(["ps", "-o", "stat=", "-p", "\(process)"]))?.output ?? ""
    return !state.isEmpty && !state.hasPrefix("Z")
  }

  @Test func `a program is held, stepped, rewound, let go, held and ended`() async throws {
    let tmux = try await open("python", "--step", script, "--help", columns: 160)
    let process = try await process(tmux)
    try await tmux.wait(forStep: 0)
    for step in 1...20 {
      try tmux.send(".")
      try await tmux.wait(forStep: step)
    }
    let atTwenty = try tmux.screen()
    for _ in 1...20 { try tmux.send(",") }
    try await tmux.wait(forStep: 0)
    // What is known comes from the timeline, and the loop is held all the while.
    for _ in 1...20 { try tmux.send(".") }
    try await tmux.wait(forStep: 20)
    #expect(try tmux.screen()[2...] == atTwenty[2...])
    try tmux.send(" ")
    try await tmux.glimpse("running the loop")
    try await wait(for: "a hundred steps") {
      try (tmux.screen().first?.firstMatch(of: /step (\d+)/)?.1).flatMap { Int($0) } ?? 0 > 100
    }
    try tmux.send(" ")
    try await tmux.wait(for: "paused")
    #expect(isAlive(process))
    try await tmux.quit()
    try await expectGone(process)
  }

  @Test func `a line that is typed is the program's input`() async throws {
    let tmux = try await watch(script)
    let process = try await process(tmux)
    try tmux.send(":cats & dogs")
    try await tmux.glimpse("input: cats & dogs")
    try tmux.send(Keys.enter)
    try await tmux.glimpse("heard CATS & DOGS")
    try tmux.send(":")
    try await tmux.glimpse("input:")
    try tmux.send("\u{04}")
    try await tmux.wait(for: "ended: exit status 3")
    #expect(try tmux.screen().contains { $0.contains("heard it all") })
    try await tmux.type(":", toSee: "There is no program here that takes input.")
    try await expectGone(process)
    try await tmux.quit()
  }

  @Test(arguments: [true, false])
  func `a program that is killed is told in the header, and its lanes stay`(
    isHeld: Bool
  ) async throws {
    let tmux = try await watch(script)
    let process = try await process(tmux)
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
    let process = try await process(tmux)
    let offspring = try run(["pgrep", "-P", "\(process)"]).output.split(separator: "\n")
    try await tmux.type(" ", toSee: "paused")
    kill(process, SIGKILL)
    try await tmux.wait(for: "■ ended by SIGKILL")
    try await tmux.quit()
    #expect(offspring.count == 1)
    for process in offspring { try await expectGone(try #require(Int32(process))) }
  }

  @Test func `r ends the program and runs it again`() async throws {
    let tmux = try await open("python", "--step", script, columns: 160)
    let first = try await process(tmux)
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    try tmux.send("r")
    try await tmux.wait(forStep: 0)
    try await tmux.wait(for: "another process") { screen in
      screen.contains { $0.contains(/process \d+/) } && !screen.contains { $0.contains("\(first)") }
    }
    let second = try await process(tmux)
    try await expectGone(first)
    try await tmux.quit()
    try await expectGone(second)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal ends both`(signal: Int32) async throws {
    let tmux = try await watch(script)
    let process = try await process(tmux)
    kill(try #require(tmux.programID), signal)
    #expect(try await tmux.exitStatus() == 128 + signal)
    try tmux.expectRestored()
    try await expectGone(process)
  }

  @Test func `when loopscope is killed its recording plays, and the program ends`() async throws {
    let file = scratch.file("run.jsonl")
    let tmux = try await watch("--record", file, script)
    let process = try await process(tmux)
    try await wait(for: "a recording") { scratch.size("run.jsonl.part") > 4000 }
    kill(try #require(tmux.programID), SIGKILL)
    try await expectGone(process)
    let answer = try loopscope("play", file + ".part")
    #expect(answer.status == 0)
    #expect(answer.output.contains("meow(3)"))
    #expect(answer.output.contains("process \(process)"))
  }

  @Test func `a recording of what was watched is complete`() async throws {
    let file = scratch.file("run.jsonl.gz")
    let tmux = try await watch("--record", file, script)
    let process = try await process(tmux)
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
      let processes = [try await process(tmux), try #require(tmux.programID)]
      try await tmux.type(" ", toSee: "paused")
      func use() throws -> [String] {
        try processes.map { try run(["grep", "ctxt_switches", "/proc/\($0)/status"]).output }
      }
      var before = try use()
      try await tmux.wait(for: "rest") { _ in
        let now = try use()
        defer { before = now }
        return now == before
      }
      for _ in 0..<100 { _ = try tmux.screen() }
      #expect(try use() == before)
      try await tmux.quit()
    }
  #endif
}

/// Python programs where nobody watches.
@Suite(.wherePythonIs)
struct PythonPipeTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let program = """
    import asyncio, sys
    async def cat(n):
        await asyncio.sleep(0.01 * n)
        print('cat', n)
    async def main():
        print(sys.argv[1:], input())
        await asyncio.gather(cat(1), cat(2))
        raise ValueError('on purpose')
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test func `a recorded program is as it is alone, byte for byte`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let errors = scratch.file("errors")
    let plain = try run([
      "/bin/sh", "-c", "echo hello | python3 \"$@\" 2>\"$0\"", errors, script, "--help", "-o",
    ])
    let plainErrors = try String(contentsOfFile: errors, encoding: .utf8)
    let file = scratch.file("run.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "python", script, "--help", "-o", through: "echo hello | \"$@\"")
    #expect(answer.status == plain.status)
    #expect(answer.output == plain.output)
    #expect(answer.errors == plainErrors)
    let events = try loopscope("events", file)
    #expect(events.lines.contains { $0.contains("cat(2)") })
    #expect(events.lines.last?.contains("ValueError: on purpose") == true)
  }

  @Test func `a recording called gz is compressed, and plays if its program was killed`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let file = scratch.file("run.jsonl.gz")
    _ = try loopscope("record", "-o", file, "python", script, through: "echo hello | \"$@\"")
    #expect(try loopscope("events", file).lines.contains { $0.contains("cat(2)") })
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)).starts(with: [0x1F, 0x8B]))

    let killed = try scratch.write(
      "import asyncio, os, signal\nasync def main():\n    print('here', flush=True)\n"
        + "    await asyncio.sleep(0.05)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        + "asyncio.new_event_loop().run_until_complete(main())\n", to: "killed.py")
    #expect(try loopscope("record", "-o", file, "python", killed).status == 128 + SIGKILL)
    #expect(try loopscope("events", file + ".part").lines.contains { $0.contains("here") })
  }

  @Test func `a recorded program takes signals itself`() throws {
    let script = try scratch.write(
      "import asyncio, os, signal\nasync def main():\n    os.kill(os.getpid(), signal.SIGUSR1)\n"
        + "asyncio.new_event_loop().run_until_complete(main())\n", to: "cats.py")
    let file = scratch.file("run.jsonl")
    let answer = try loopscope("record", "-o", file, "python", script)
    #expect(answer.status == 128 + SIGUSR1)
    #expect(try loopscope("events", file + ".part").status == 0)
  }

  @Test func `in a pipe the program runs as alone, and its lanes come after it`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let answer = try loopscope("python", script, through: "echo hello | \"$@\"")
    #expect(answer.status == 1)
    #expect(answer.output.hasPrefix("[] hello\ncat 1\ncat 2\n\n"))
    #expect(answer.errors.hasSuffix("ValueError: on purpose\n"))
    #expect(answer.lines.contains { $0.hasPrefix("▸main()") && $0.contains("failed") })
    #expect(answer.lines.contains { $0.hasPrefix(" └ cat(2)") && $0.contains("DONE") })
  }

  @Test func `in a pipe it ends as the program ends`() throws {
    let script = try scratch.write(
      "import os, signal\nprint('here', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n",
      to: "cats.py")
    let file = scratch.file("run.jsonl")
    let answer = try loopscope("python", "--record", file, script)
    #expect(answer.status == 128 + SIGKILL)
    #expect(answer.output.hasPrefix("here\n"))
    #expect(try loopscope("events", file + ".part").status == 0)
  }

  @Test func `a module runs by its name, from the folder one is in`() throws {
    _ = try scratch.write(Self.program, to: "cats.py")
    let answer = try loopscope(
      "record", "-o", scratch.file("run.jsonl"), "python", "-m", "cats", "-m", "x",
      through: "cd \(scratch.path) && echo hello | \"$@\"")
    #expect(answer.output.hasPrefix("['-m', 'x'] hello\n"))
    #expect(answer.status == 1)
  }

  @Test func `the recorder can be printed, and is whole`() throws {
    let answer = try loopscope("python", "--print-recorder")
    #expect(answer.output.hasPrefix("\"\"\""))
    let file = try scratch.write(answer.output, to: "loopscope_recorder.py")
    #expect(try run(["python3", "-m", "py_compile", file]).status == 0)
  }

  @Test(
    arguments: [
      (["python"], "Which program? Name a script, or a module with -m.", 64),
      (["python", "-m"], "Which module? Name it after -m.", 64),
      (["python", "--nonsense", "x.py"], "Unknown option '--nonsense'.", 64),
      (["python", "--clock", "sun", "x.py"], "The value 'sun' is invalid for '--clock", 64),
      (["python", "--speed", "0", "x.py"], "--speed must be more than 0.", 64),
      (["python", "--python", "/none", "x.py"], "There is no interpreter /none.", 1),
      (["record", "-o", "x", "python", "--keep-last", "0", "x.py"], "must be at least 1", 64),
      (["record", "-o", "x", "python"], "Which program?", 64),
    ])
  func `wrong usage is told in a sentence`(
    arguments: [String], sentence: String, status: Int32
  ) throws {
    let answer = try loopscope(all: arguments)
    #expect(answer.status == status)
    #expect(answer.errors.hasPrefix("Error: "))
    #expect(answer.errors.contains(sentence))
    #expect(answer.output.isEmpty)
  }
}

extension Trait where Self == ConditionTrait {
  static var wherePythonIs: Self {
    .enabled(if: hasPython, "no python3 from 3.6 to 3.13 is on PATH")
  }
}

private let hasPython: Bool = {
  let code = "import sys; sys.exit(not (3, 6) <= sys.version_info[:2] <= (3, 13))"
  return (try? run(["python3", "-c", code]))?.status == 0
}()

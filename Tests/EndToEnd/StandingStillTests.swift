import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Programs that stop, that are killed, or that can do nothing any more.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct StandingStillTests {
  private static let run = "loop = asyncio.new_event_loop()\nloop.run_until_complete(main())\n"

  private static let sleeper = """
    import asyncio, os

    async def main():
        print('process', os.getpid())
        while True:
            await asyncio.sleep(0.01)

    \(run)
    """

  private static let deadlock = """
    import asyncio

    async def hold(first, second):
        async with first:
            await asyncio.sleep(0)
            async with second:
                print('never')

    async def main():
        one, two = asyncio.Lock(), asyncio.Lock()
        await asyncio.gather(hold(one, two), hold(two, one))

    \(run)
    """

  private static let forgotten = """
    import asyncio

    async def wait(event):
        await event.wait()

    async def main():
        await asyncio.gather(wait(asyncio.Event()), wait(asyncio.Event()))

    \(run)
    """

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a program that is stopped by a signal says so, and when it goes on`() async throws {
    let script = try scratch.write(Self.sleeper, to: "sleeper.py")
    let tmux = try launch(["python", script], columns: 160)
    try await tmux.glimpse("running the loop")
    let process = try await tmux.watchedProcess()
    kill(process, SIGSTOP)
    try await tmux.glimpse("■ stopped by SIGSTOP")
    try await tmux.glimpse("The program was stopped by SIGSTOP: it goes on when it gets SIGCONT.")
    kill(process, SIGCONT)
    try await tmux.glimpse("▶ running the loop")
    // Held, nothing wakes the screen but the signal itself.
    try await tmux.type(" ", toSee: "❚❚ paused")
    kill(process, SIGSTOP)
    try await tmux.wait(for: "❚❚ paused  ■ stopped by SIGSTOP")
    kill(process, SIGCONT)
    let screen = try await tmux.wait(for: "The program goes on.")
    #expect(screen[0].contains("❚❚ paused  1×"))
    try await tmux.quit()
  }

  @Test func `a recording of a program that is killed plays, and says what killed it`() async throws
  {
    let script = try scratch.write(Self.sleeper, to: "sleeper.py")
    let file = scratch.file("run.jsonl")
    let tmux = try launch(["python", "--record", file, script], columns: 160)
    kill(try await tmux.watchedProcess(), SIGKILL)
    try await tmux.wait(for: "■ ended by SIGKILL")
    try await tmux.quit()
    let answer = try loopscope("events", file)
    #expect(answer.status == 0)
    #expect(answer.lines.last?.contains("the run ended with SIGKILL") == true)
    #expect(try loopscope("play", file).output.contains("main()"))
  }

  @Test(arguments: [
    (
      deadlock,
      "Nothing can wake them: hold(…) waits to acquire lock 2, which hold(…)#2 holds, at line 6; "
        + "hold(…)#2 waits to acquire lock 1, which hold(…) holds, at line 6."
    ),
    (
      forgotten,
      "Nothing can happen any more: main() waits for a gather; "
        + "wait(…) waits for event 1 to be set; 1 more waits too."
    ),
  ])
  func
    `where nothing can happen any more the screen says who waits for what, and the recording too`(
      program: String, sentence: String
    ) async throws
  {
    let script = try scratch.write(program, to: "stuck.py")
    let file = scratch.file("run.jsonl")
    let tmux = try launch(["python", "--record", file, script], columns: 240)
    try await tmux.glimpse(sentence)
    try await tmux.glimpse("! 1 finding")
    try await tmux.quit()
    let findings = try loopscope("snapshot", file, "--size", "240x30", "--pane", "findings")
    #expect(findings.output.contains(sentence))
    #expect(try loopscope("play", file).output.contains(sentence))
    // So also where there was no screen, and after a Ctrl-C.
    let recorded = scratch.file("recorded.jsonl")
    let recorder = try await record(script, to: recorded) { $0.contains(sentence) }
    kill(try #require(recorder.programID), SIGINT)
    #expect(try await recorder.exitStatus() != 0)
    let played = try loopscope("play", recorded)
    #expect(played.output.contains(sentence) && played.output.contains("KeyboardInterrupt"))
  }

  @Test(arguments: [
    "asyncio.get_event_loop().add_signal_handler(10, print)",
    "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
  ])
  func `a program that waits for a signal, or a thread, is not said to stand still`(
    line: String
  ) async throws {
    let script = try scratch.write(
      Self.forgotten.replacing("async def main():", with: "async def main():\n    \(line)"),
      to: "signal.py")
    let file = scratch.file("signal.jsonl")
    _ = try await record(script, to: file) { output in
      output.split(separator: "\n").count { $0.contains("◎ waiting") } == 3
    }
    #expect(!(try loopscope("play", file + ".part").output.contains("Nothing can happen")))
  }

  /// Records a program until what its recording shows fulfils a condition.
  private func record(
    _ script: String, to file: String, until isMet: (String) -> Bool
  ) async throws -> Tmux {
    let tmux = try launch(["record", "-o", file, "python", script])
    try await tmux.wait(for: "the recording") { _ in
      isMet(try loopscope("play", file + ".part").output)
    }
    return tmux
  }
}

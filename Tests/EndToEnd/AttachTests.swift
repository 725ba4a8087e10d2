import Foundation
import Python
import PythonSupport
import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Programs that run already, and go on afterwards.
@Suite(.whereTmuxIs, .wherePythonCanBeAttachedTo, .inTerminals)
struct AttachTests {
  /// Something is always due in it, as long as it is held.
  private static let bakery = """
    import asyncio, itertools, os

    async def clock():
        while not os.path.exists('closed'):
            await asyncio.sleep(0.002)

    async def bake(oven, name):
        for number in itertools.count(1):
            async with oven:
                await asyncio.sleep(0.01)
                print(name, number, flush=True)

    async def main():
        oven = asyncio.Lock()
        bakers = [asyncio.create_task(bake(oven, name)) for name in ('bread', 'cake')]
        await asyncio.gather(*[clock() for _ in range(4)])
        for baker in bakers:
            baker.cancel()

    os.chdir(os.path.dirname(__file__))
    asyncio.run(main())
    print('closed')
    """

  /// Waits for something that never comes, with nothing that would wake it.
  private static let sleeper = """
    import asyncio

    async def main():
        print('asleep', flush=True)
        await asyncio.Event().wait()

    asyncio.run(main())
    """

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func program(_ text: String, until said: String) async throws -> RunningPython {
    try await RunningPython(
      try scratch.write(text, to: "bakery.py"), by: try #require(attachable).path, in: scratch,
      until: said)
  }

  @Test func `a running program is held, stepped, rewound, let go and left, and once more`()
    async throws
  {
    let program = try await program(Self.bakery, until: "cake 3")
    for _ in 1...2 {
      let tmux = try await open("attach", "--step", program.number, columns: 160)
      try await tmux.wait(forStep: 0)
      let screen = try tmux.screen()
      for text in ["main()", "bake(…, 'bread')", "bake(…, 'cake')", "lock 1", "bakery.py"] {
        #expect(screen.contains { $0.contains(text) }, "\(text) is not shown")
      }
      let before = program.said
      try await tmux.stepTwentyAndRewind()
      #expect(program.said != before)
      try tmux.send(" ")
      try await tmux.glimpse("running the loop")
      try tmux.send(" ")
      try await tmux.wait(for: "paused")
      try await tmux.type("r", toSee: "cannot be started again")
      try await tmux.quit()
      let count = program.said.count
      try await program.says("cake", times: program.said.components(separatedBy: "cake").count + 1)
      #expect(program.said.count > count)
    }
    #expect(program.isAlive)
    #expect(!program.said.contains("rror"))
  }

  @Test func `a program goes on when the screen that holds it is killed`() async throws {
    let program = try await program(Self.bakery, until: "cake 3")
    let tmux = try await open("attach", "--step", program.number)
    kill(try #require(tmux.programID), SIGKILL)
    try await program.says("cake", times: program.said.components(separatedBy: "cake").count + 3)
  }

  @Test func `the end of a program is shown, and that nobody knows how it was killed`()
    async throws
  {
    let program = try await program(Self.bakery, until: "cake 3")
    let tmux = try launch(["attach", program.number], columns: 160)
    // Whether the view keeps up with it depends on the machine.
    try await tmux.glimpse("bake(")
    _ = try scratch.write("", to: "closed")
    try await tmux.wait(for: "■ ended")
    #expect(try tmux.screen().contains { $0.contains("cancelled by main()") })
    try await tmux.quit()
    try await program.says("closed")

    let sleeper = try await self.program(Self.sleeper, until: "asleep")
    let file = scratch.file("sleeper.jsonl")
    let other = try launch(["attach", "-r", file, sleeper.number], columns: 160)
    try await other.glimpse("waiting for event 1")
    sleeper.kill()
    try await other.wait(for: "■ ended")
    try await other.quit()
    let findings = try loopscope("findings", file)
    #expect(findings.output.contains("The run ended with a signal, or without a word"))
  }

  @Test func `a running program is recorded until Ctrl-C, or so many events`() async throws {
    for (text, said) in [(Self.bakery, "cake 3"), (Self.sleeper, "asleep")] {
      let program = try await program(text, until: said)
      let file = scratch.file("run.jsonl")
      let recording = try loopscope(
        "record", "-o", file, "attach", program.number,
        through: """
          "$@" & until grep -q "Recording process" "$0"; do sleep 0.02; done
          kill -INT $!; wait $!
          """)
      #expect(recording.status == 0)
      #expect(recording.errors.hasSuffix("The program goes on.\n"))
      let events = try loopscope("events", file)
      #expect(events.status == 0)
      #expect(events.errors == "The recording was stopped; the program goes on.\n")
      #expect(events.output.contains("main() began to wait for"))
      #expect(program.isAlive)
    }
    let program = try await program(Self.bakery, until: "cake 3")
    let file = scratch.file("few.jsonl.gz")
    let answer = try loopscope("record", "-o", file, "attach", "--max-events", "50", program.number)
    #expect(answer.status == 0)
    #expect(answer.errors.contains("The program goes on"))
    let events = try loopscope("events", file)
    #expect((40...200).contains(events.lines.count))
    #expect(program.isAlive)
  }

  @Test func `who cannot be attached to is told why, and left as it is`() async throws {
    let program = try await program(Self.bakery, until: "cake 3")
    let tmux = try launch(["attach", program.number], columns: 160)
    try await tmux.glimpse("bake(")
    let us = "\(ProcessInfo.processInfo.processIdentifier)"
    for (process, why) in [
      (program.number, "it is being recorded already"), ("999999999", "There is no process"),
      (us, "not Python"), ("0", "There is no process"),
    ] {
      let answer = try loopscope("record", "-o", scratch.file("run.jsonl"), "attach", process)
      #expect(answer.status == 1)
      #expect(answer.errors.contains(why), "\(answer.errors)")
      #expect(answer.errors.split(separator: "\n").count == 1)
    }
    #expect(!scratch.exists("run.jsonl"))
    try await tmux.quit()
    let choice = try loopscope("attach")
    #expect(choice.status == 1)
    #expect(
      choice.errors.split(separator: "\n").contains {
        $0.contains(" \(program.number)  3.") && $0.contains("loopscope-end-to-end")
      })
    let inPipe = try loopscope("attach", program.number)
    #expect(inPipe.status == 1)
    #expect(inPipe.errors.contains("loopscope record -o run.jsonl attach \(program.number)"))
    guard let old = Interpreters.installed.last(where: { $0.minor < 14 && $0.minor > 6 }) else {
      return
    }
    let before = try await RunningPython(
      try scratch.write(Self.sleeper, to: "old.py"), by: old.path, in: scratch, until: "asleep")
    let answer = try loopscope("record", "-o", scratch.file("run.jsonl"), "attach", before.number)
    #expect(answer.errors.contains("Python \(old.version): it can be attached to from 3.14 on"))
    #expect(before.isAlive)
  }

  @Test(arguments: ["fork", "spawn", "forkserver"])
  func `who has to choose is told whose worker a process is`(method: String) async throws {
    let program = try await program(
      """
      import asyncio, multiprocessing, os

      async def serve():
          print('serving', os.getpid(), 'now', flush=True)
          while multiprocessing.parent_process().is_alive():
              await asyncio.sleep(0.01)

      def work():
          asyncio.run(serve())

      if __name__ == '__main__':
          process = multiprocessing.get_context('\(method)').Process(target=work)
          process.start()
          process.join()
      """, until: " now")
    let worker = try #require(program.said.firstMatch(of: /serving (\d+) now/)?.1)
    let lines = try loopscope("attach").errors.split(separator: "\n")
    let own = lines.filter { $0.contains("(worker of \(program.number))") }
    #expect(own.count == 1 && own[0].contains(" \(worker)  3."), "\(lines)")
    #expect(lines.contains { $0.contains(" \(program.number)  3.") })
    // What multiprocessing has started for itself is not there. A long command is cut short.
    #expect(lines.filter { $0.contains(scratch.path.prefix(60)) }.count == 2, "\(lines)")
  }

  private static let asNobody = ["/usr/bin/setpriv", "--reuid", "65534", "--clear-groups"]

  /// Whether this is root, who can start the interpreter as another user.
  private static let canBeNobody: Bool = {
    guard let attachable, getuid() == 0 else { return false }
    return (try? run(asNobody + [attachable.path, "-c", ""]))?.status == 0
  }()

  @Test(.enabled(if: canBeNobody, "this is not root, or nobody else can run that Python"))
  func `root attaches to another user's program, and starts nothing of that user's`()
    async throws
  {
    let script = try scratch.write(Self.bakery, to: "bakery.py")
    let python = try #require(attachable).path
    let program = try await RunningPython(
      script, by: python, in: scratch, until: "cake 3", startedBy: Self.asNobody)
    let file = scratch.file("run.jsonl")
    let answer = try loopscope("record", "-o", file, "attach", "--max-events", "50", program.number)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(program.isAlive)

    let theirs = scratch.file("python3.14")
    // Not by this process: a child that another test starts just then would hold it open for writing.
    #expect(try run(["/bin/cp", python, theirs]).status == 0)
    #expect(chown(theirs, 65534, 65534) == 0)
    let home = (python as NSString).deletingLastPathComponent + "/.."
    let other = try await RunningPython(
      script, by: theirs, in: scratch, until: "cake 3",
      startedBy: Self.asNobody + ["/usr/bin/env", "PYTHONHOME=\(home)"])
    let refusal = try loopscope("record", "-o", file, "attach", other.number)
    #expect(refusal.status == 1)
    #expect(refusal.errors.contains("\(theirs) can be changed by other users"))
    #expect(try !loopscope("attach").errors.contains(" \(other.number)  "))
    #expect(other.isAlive)
  }

  @Test func `a program without a loop is told that we have left, and may be met again`()
    async throws
  {
    let program = try await program(
      "import time\nprint('open', flush=True)\nwhile True: time.sleep(0.01)", until: "open")
    let descriptors = "/proc/\(program.number)/fd"
    let before = try FileManager.default.contentsOfDirectory(atPath: descriptors).count
    for _ in 1...2 {
      let recording = try loopscope(
        "record", "-o", scratch.file("run.jsonl"), "attach", program.number,
        through: """
          "$@" & until grep -q "Recording process" "$0"; do sleep 0.02; done
          kill -INT $!; wait $!
          """)
      #expect(recording.status == 0, "\(recording.errors)")
      let events = try loopscope("events", scratch.file("run.jsonl"))
      #expect(events.output.contains("No loop of asyncio's runs in this process yet"))
      #expect(events.errors.contains("The recording was stopped; the program goes on."))
      #expect(try FileManager.default.contentsOfDirectory(atPath: descriptors).count == before)
    }
    #expect(program.isAlive)
    #expect(!program.said.contains("rror"))
  }
}

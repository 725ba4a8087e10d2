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

/// Programs whose main thread does not come by.
@Suite(.whereTmuxIs, .wherePythonCanBeAttachedTo, .inTerminals)
struct AttachThreadTests {
  /// Its main thread waits until somebody opens a pipe, and its loop runs in another thread, if at all.
  private static func waiting(beside loop: String) -> String {
    """
    import asyncio, os, sys, threading

    async def clock():
        while not os.path.exists('closed'):
            await asyncio.sleep(0.002)

    def hook(event, arguments):
        if event == 'compile' and 'loopscope' in str(arguments[1]):
            print('compiled', flush=True)

    os.chdir(os.path.dirname(__file__))
    os.mkfifo('door')
    sys.addaudithook(hook)
    \(loop)
    print('waits', flush=True)
    open('door').close()
    print('went on', flush=True)
    """
  }

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func program(beside loop: String = "") async throws -> RunningPython {
    try await RunningPython(
      try scratch.write(Self.waiting(beside: loop), to: "door.py"),
      by: try #require(attachable).path, in: scratch, until: "waits")
  }

  private static let loopInThread = "threading.Thread(target=lambda: asyncio.run(clock())).start()"

  @Test func `a loop in a thread is met while the main thread waits for something else`()
    async throws
  {
    let program = try await program(beside: Self.loopInThread)
    for _ in 1...2 {
      let tmux = try await open("attach", "--step", program.number, columns: 160)
      try await tmux.wait(forStep: 0)
      #expect(try tmux.screen().contains { $0.contains("clock()") })
      try await tmux.stepTwentyAndRewind()
      try await tmux.quit()
    }
    #expect(!program.said.contains("went on"))
    _ = try scratch.write("", to: "closed")
    try FileHandle(forWritingTo: URL(filePath: scratch.file("door"))).close()
    try await program.says("went on")
    #expect(!program.said.contains("rror") && !program.said.contains("compiled"), "\(program.said)")
  }

  @Test func `who was stopped, or is only a thread, is refused at once`() async throws {
    let program = try await program(beside: Self.loopInThread)
    let tasks = "/proc/\(program.number)/task"
    let threads = try FileManager.default.contentsOfDirectory(atPath: tasks)
    let thread = try #require(threads.first { $0 != program.number })
    let asThread = try loopscope("record", "-o", scratch.file("run.jsonl"), "attach", thread)
    #expect(asThread.errors.contains("it is a thread of process \(program.number)"))
    kill(try #require(pid_t(program.number)), SIGSTOP)
    let stopped = try loopscope("record", "-o", scratch.file("run.jsonl"), "attach", program.number)
    #expect(stopped.errors.contains("it was stopped. `kill -CONT \(program.number)`"))
  }

  @Test func `a program whose main thread waits hears nothing of who has given up`() async throws {
    let program = try await program()
    let answer = try loopscope(
      "record", "-o", scratch.file("run.jsonl"), "attach", program.number,
      through: """
        "$@" & until grep -q "has to come by first. Ctrl-C gives up" "$0"; do sleep 0.02; done
        kill -INT $!; wait $!
        """)
    #expect(answer.status == 1)
    #expect(answer.errors.contains("had not come by yet"), "\(answer.errors)")
    try FileHandle(forWritingTo: URL(filePath: scratch.file("door"))).close()
    try await program.says("went on")
    #expect(!program.said.contains("rror"), "\(program.said)")
  }
}

import Foundation
import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Processes that a watched program starts, one after the other on the screen.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct SubprocessTests {
  /// As a server that starts a worker anew when that ends. Each says its process.
  private static let workers = """
    import asyncio, multiprocessing, os, subprocess, sys

    async def tick():
        while True:
            await asyncio.sleep(0.01)

    async def serve(number):
        print('process', os.getpid(), flush=True)
        await asyncio.gather(tick(), tick())

    def work(number):
        asyncio.run(serve(number))

    if sys.argv[1] == 'worker':
        work(int(sys.argv[2]))
    elif __name__ == '__main__':
        for number in range(1, 4):
            if sys.argv[1] == 'command':
                subprocess.call([sys.executable, sys.argv[0], 'worker', str(number)])
                continue
            process = multiprocessing.get_context(sys.argv[1]).Process(target=work, args=(number,))
            process.start()
            process.join()
            print('worker', number, 'ended', flush=True)
        sys.stdin.read()
    """

  private let scratch: Scratch
  private let script: String

  init() throws {
    scratch = try Scratch()
    script = try scratch.write(Self.workers, to: "workers.py")
  }

  @Test(arguments: ["fork", "spawn", "command"])
  func `a worker is held, stepped and rewound, and the next one comes after it`(
    method: String
  ) async throws {
    let tmux = try await open("python", "--subprocesses", "--step", script, method, columns: 160)
    try await tmux.wait(for: "serve(1)")
    try await tmux.stepTwentyAndRewind()
    let first = try await tmux.watchedProcess()
    try tmux.send(",")
    try await tmux.wait(forStep: 19)
    // Who stands in the past stays there, and the next worker is held meanwhile.
    #expect(kill(first, SIGKILL) == 0)
    try await tmux.wait(for: "goes on without this process")
    let screen = try await tmux.wait(for: "is held. End shows it.")
    #expect(screen.contains { $0.contains("serve(1)") })
    try tmux.send("\u{1B}[F")
    try await tmux.glimpse("serve(2)")
    try await tmux.glimpse("running the loop")
    let second = try await tmux.watchedProcess()
    try await tmux.glimpse("(process \(second))")
    #expect(second != first && isAlive(second))
    // Who stands at the end goes on with the next.
    #expect(kill(second, SIGKILL) == 0)
    try await tmux.glimpse("serve(3)")
    let third = try await tmux.watchedProcess()
    try await tmux.quit()
    #expect(try await hasEnded(third))
  }

  /// One that ticks notices at once; one that waits for ever has to be listening.
  @Test(arguments: ["asyncio.sleep(0.01)", "asyncio.Event().wait()"])
  func `where the screen is killed the program ends with all its processes`(
    waits: String
  ) async throws {
    let script = try scratch.write(
      Self.workers.replacing("asyncio.sleep(0.01)", with: waits), to: "waiting.py")
    let tmux = try launch(["python", "--subprocesses", script, "fork"], columns: 160)
    try await tmux.glimpse("serve(1)")
    let worker = try await tmux.watchedProcess()
    let first = getpgid(worker)
    #expect(first != worker && isAlive(first))
    kill(try #require(tmux.programID), SIGKILL)
    #expect(try await hasEnded(worker))
    #expect(try await hasEnded(first))
  }

  @Test func `workers that come while another is shown run unwatched`() async throws {
    let script = try scratch.write(
      """
      import asyncio, multiprocessing, os, sys

      async def serve(number):
          while True:
              with open(os.path.join(sys.argv[1], str(number)), 'a') as file:
                  file.write('.')
              await asyncio.sleep(0.01)

      def work(number):
          asyncio.run(serve(number))

      if __name__ == '__main__':
          context = multiprocessing.get_context('fork')
          workers = [context.Process(target=work, args=(number,)) for number in (1, 2)]
          for worker in workers:
              worker.start()
          for worker in workers:
              worker.join()
      """, to: "beside.py")
    let temporary = scratch.file("t")
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: false)
    let tmux = try launch(
      ["python", "--subprocesses", script, scratch.path], columns: 160,
      environment: ["TMPDIR": temporary])
    var shown = 0
    try await tmux.glimpse(of: "a worker") { screen in
      shown =
        screen.lazy.compactMap { $0.firstMatch(of: /serve\((\d)\)/)?.1 }.first.flatMap { Int($0) }
        ?? 0
      return shown > 0
    }
    try tmux.send(" ")
    try await tmux.wait(for: "paused")
    // One that is held before its first step has written nothing.
    func length(of number: Int) -> Int {
      (try? String(contentsOfFile: scratch.file("\(number)"), encoding: .utf8))?.count ?? 0
    }
    func waitForOther(by count: Int) async throws {
      let end = length(of: 3 - shown) + count
      try await tmux.glimpse(of: "the other worker") { _ in length(of: 3 - shown) >= end }
    }
    // By then the hold has come to the one that is shown.
    try await waitForOther(by: 10)
    let before = length(of: shown)
    try await waitForOther(by: 20)
    #expect(length(of: shown) == before)
    try tmux.send("\u{3}")
    #expect(try await tmux.exitStatus() == 128 + SIGINT)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
  }

  @Test func `each process is recorded into a file of its own`() throws {
    let script = try scratch.write(
      Self.workers.replacing("while True", with: "for _ in range(3)"), to: "ending.py")
    let file = scratch.file("run.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "python", "--subprocesses", script, "spawn",
      through: "\"$@\" </dev/null")
    #expect(answer.status == 0, "\(answer.errors)")
    let processes = answer.lines.filter { $0.hasPrefix("process") }.map { $0.dropFirst(8) }
    #expect(processes.count == 3)
    for (place, process) in processes.enumerated() {
      let events = try loopscope("events", scratch.file("run.\(process).jsonl"))
      #expect(events.output.contains("serve(\(place + 1))"))
    }
    #expect(try loopscope(all: ["events", file]).output.contains("worker 3 ended"))
  }

  @Test(arguments: [
    (["--clock", "virtual"], "a virtual one is one process's"),
    (["-r", "run.jsonl"], "loopscope record -o run.jsonl python --subprocesses"),
    ([], "which needs a terminal"),
  ])
  func `what does not go with several processes is refused`(
    options: [String], why: String
  ) throws {
    let answer = try loopscope(all: ["python", "--subprocesses"] + options + [script, "fork"])
    #expect(answer.status != 0)
    #expect(answer.errors.contains(why), "\(answer.errors)")
  }
}

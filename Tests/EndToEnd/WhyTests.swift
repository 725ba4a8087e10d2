import Python
import PythonSupport
import Testing
import TmuxSupport

/// From 3.11 on a Ctrl-C cancels the main task.
private let runner = Interpreters.installed.last { $0.minor >= 11 }?.path

/// `loopscope why` of a program with many tasks that are alike, which a Ctrl-C ended.
@Suite(.enabled(if: runner != nil, "no CPython from 3.11 on was found")) struct WhyTests {
  private static let program = """
    import asyncio, os, signal

    async def fetch(number, opened):
        await opened.wait()

    async def main():
        opened = asyncio.Event()
        tasks = [asyncio.create_task(fetch(n, opened), name=f'fetch-{n}') for n in range(12)]
        asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGINT)
        await asyncio.gather(*tasks)

    asyncio.run(main())
    """

  private let file: String
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    file = scratch.file("run.jsonl")
    let script = try scratch.write(Self.program, to: "app.py")
    let python = try #require(runner)
    _ = try loopscope("record", "-o", file, "python", "--python", python, script)
  }

  @Test func `a whole name is no part of another one`() throws {
    let one = try loopscope("why", file, "fetch-1")
    #expect(one.output.hasPrefix("fetch(1, …) (fetch-1) is cancelled: "), "\(one.output)")
    #expect(one.lines.filter { $0.contains(" is cancelled: ") }.count == 1)
    #expect(one.errors.isEmpty)
    let events = try loopscope("events", file, "--lane", "fetch-1")
    #expect(!events.lines.isEmpty && !events.output.contains("fetch(10, …) started"))
  }

  @Test func `of many lanes each has a line, and one is asked for`() throws {
    let all = try loopscope("why", file, "fetch")
    #expect(all.lines.count == 12 && all.lines.allSatisfy { $0.contains(" is cancelled: ") })
    #expect(all.errors.hasPrefix("12 lanes have 'fetch' in their names: of each its state."))
    // fetch-10 and fetch-11: an empty line is between them.
    let two = try loopscope("why", file, "etch-1")
    #expect(two.output.contains("\n\nfetch(10, …) (fetch-10) is cancelled: "), "\(two.output)")
  }

  @Test func `what was waited for when the Ctrl-C came is told of main, and as a finding`() throws {
    let main = try loopscope("why", file, "main")
    #expect(
      main.lines.dropFirst().first?.hasPrefix("Until then main() was waiting for a gather") == true)
    let fetch = try loopscope("why", file, "fetch-5").output
    let until = "\nUntil then fetch(5, …) (fetch-5) was waiting for event 1 to be set, since "
    #expect(fetch.contains(until), "\(fetch)")
    let findings = try loopscope("findings", file)
    #expect(
      findings.lines.last?.hasPrefix(
        "The run ended with KeyboardInterrupt. Until then main() was waiting for a gather, since ")
        == true, "\(findings.output)")
  }
}

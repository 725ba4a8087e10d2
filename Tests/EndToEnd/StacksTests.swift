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

/// `--stacks`: where a step of a real program is.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct StacksTests {
  private static let program = """
    import asyncio, json, time

    def fetch_now():
        time.sleep(2)

    def parse():
        for _ in range(3000):
            json.dumps(list(range(200)))

    async def main():
        await asyncio.sleep(0.01)
        fetch_now()
        parse()
        await asyncio.sleep(60)

    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    """

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `while a step blocks the loop, its line is shown and told`() async throws {
    // It blocks until it has been seen.
    let gate = scratch.file("gate")
    #expect(mkfifo(gate, 0o600) == 0)
    let script = try scratch.write(
      Self.program.replacing("time.sleep(2)", with: "open('\(gate)').read()"), to: "hog.py")
    let tmux = try launch(["python", "--stacks", script], columns: 200)
    try await tmux.glimpse("times in fetch_now() at hog.py:4.")
    try await tmux.glimpse("─ hog.py:4 ─")
    try FileHandle(forWritingTo: URL(filePath: gate)).close()
    try await tmux.glimpse("▶ running the loop")
    try tmux.send("i")
    // Where it is wrapped depends on how often it was seen.
    try await tmux.glimpse(of: "the finding") { screen in
      let findings = screen.compactMap { $0.split(separator: "│").last }
      let text = findings.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
      return text.contains("and nothing else could run: the wakeup of main(); it was seen ")
        && text.contains(" times in fetch_now() at hog.py:4")
    }
    try await tmux.quit()
  }

  @Test func `a recording tells it afterwards, in the ways that are asked for`() throws {
    let script = try scratch.write(
      Self.program.replacing("sleep(60)", with: "sleep(0)"), to: "hog.py")
    let file = scratch.file("run.jsonl")
    let python = try #require(Interpreters.installed.last).path
    let answer = try loopscope(
      "record", "-o", file, "python", "--python", python, "--stacks", script)
    #expect(answer.status == 0, "\(answer.errors)")
    let findings = try loopscope("findings", file)
    #expect(findings.output.contains("in fetch_now() at hog.py:4"))
    let stats = try loopscope("stats", file)
    #expect(stats.lines.contains { $0.contains("of all  in") })
    #expect(
      stats.lines.contains {
        $0.hasPrefix("longest step ") && $0.hasSuffix("fetch_now() at hog.py:4")
      })
    #expect(stats.lines.contains { $0.hasSuffix("%  fetch_now() at hog.py:4") })
    let json = try loopscope("stats", "--json", file)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let seen = try #require(object["seen"] as? [[String: Any]])
    let first = try #require(seen.first?["at"] as? [String: Any])
    #expect(first["function"] as? String == "fetch_now" && first["line"] as? Int == 4)
    let folded = scratch.file("run.folded")
    #expect(try loopscope("export", file, "-o", folded).status == 0)
    let lines = try String(contentsOfFile: folded, encoding: .utf8).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("main (hog.py:12);fetch_now (hog.py:4) ") })
    #expect(
      lines.contains { $0.hasPrefix("main (hog.py:13);parse (hog.py:8);dumps (json/__init__.py:") })
  }

  @Test func `what has no stacks says so`() throws {
    let file = PostRecording(version: "3.13", demo: "order").path()
    let answer = try loopscope("export", file, "--format", "folded")
    #expect(answer.status == 1 && answer.output.isEmpty)
    #expect(answer.errors.hasPrefix("Error: The recording has no stacks."))
    let stats = try loopscope("stats", file)
    #expect(!stats.output.contains("of all"))
    let tasks = try loopscope("python", "--stacks", "--detail", "tasks", "app.py")
    #expect(tasks.status == 64 && tasks.errors.contains("--stacks needs the steps"))
  }
}

import Demos
import Testing

/// What is printed where there is no terminal.
@Suite struct PipeTests {
  @Test func `a demo in a pipe prints its lanes and its output`() throws {
    let answer = try loopscope("demo", "ensure-future")
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    let lines = answer.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix(" ensure-future") && lines[0].hasSuffix("step 5  event 41"))
    #expect(lines[1].hasPrefix("─ lanes 2 ─"))
    #expect(
      lines[2].hasPrefix("▸main()  ") && lines[2].hasSuffix("████░░░░░░░░░░░░░░░░░░░░▒▒▒▒████✓"))
    #expect(lines[3].hasPrefix(" └ speak()  ") && lines[3].hasSuffix("╌╌▒▒▒▒▒▒▒██✓"))
    #expect(lines[4...] == ["", "C", "A", "B", "D", ""])
  }

  @Test func `a recording in a pipe prints what the demo prints`() throws {
    let scratch = try Scratch()
    for demo in Demo.all.map(\.name) {
      let file = scratch.file("\(demo).jsonl")
      let live = try loopscope("demo", demo, "--record", file)
      let replay = try loopscope("play", file)
      #expect(live.output == replay.output, "\(demo)")
      #expect(live.status == (["reawait", "task-group", "deadlock"].contains(demo) ? 1 : 0))
      #expect(replay.status == 0)
      #expect(replay.errors.isEmpty)
    }
  }

  @Test func `what a demo prints alone is what the post prints`() throws {
    let answer = try loopscope("demo", "ensure-future", "--headless")
    #expect(answer.output == "C\nA\nB\nD\n")
    #expect(answer.errors.isEmpty)
    let warned = try loopscope("demo", "never-awaited", "--headless")
    #expect(warned.status == 0)
    #expect(warned.errors.contains("RuntimeWarning: coroutine 'greet' was never awaited"))
  }

  @Test func `a reader that has enough ends it quietly`() throws {
    let scratch = try Scratch()
    let file = scratch.file("storm.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "storm")
    let answer = try loopscope("events", file, through: "\"$@\" | head -n 2")
    #expect(answer.lines.count == 2)
    #expect(answer.errors.isEmpty)
  }

  @Test func `where SIGPIPE is ignored a reader that has gone changes no status`() throws {
    let recording = PostRecording(version: "3.13", demo: "never-awaited").path()
    // The reader has gone before the first piece comes.
    let deaf = """
      trap '' PIPE; mkfifo "$0.pipe"; (: <"$0.pipe") & exec 3>"$0.pipe"; wait
      "$@" >&3; echo "ended with $?"
      """
    let found = try loopscope("findings", recording, through: deaf)
    #expect(found.lines == ["ended with 1"] && found.errors.isEmpty)
    let exported = try loopscope("export", recording, "--format", "svg", through: deaf)
    #expect(exported.lines == ["ended with 0"] && exported.errors.isEmpty)
  }

  @Test func `help, version, lists and completion are printed`() throws {
    #expect(try loopscope("--version").output.hasPrefix("0."))
    let help = try loopscope("--help")
    #expect(help.status == 0)
    for command in [
      "menu", "demo", "play", "record", "snapshot", "events", "why", "findings", "stats", "diff",
      "export",
    ] {
      #expect(help.output.contains("  \(command) "))
      #expect(try loopscope(command, "--help").output.contains("USAGE: loopscope \(command)"))
    }
    let list = try loopscope("demo", "--list")
    #expect(list.lines.count == Demo.all.count)
    for shell in ["bash", "zsh", "fish"] {
      let script = try loopscope("--generate-completion-script", shell)
      #expect(script.status == 0 && script.output.contains("ensure-future"))
    }
  }

  @Test func `without a terminal the menu says what it needs`() throws {
    let answer = try loopscope()
    #expect(answer.status == 1)
    #expect(answer.errors.contains("is not a terminal"))
  }
}

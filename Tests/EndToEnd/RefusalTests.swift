import Testing
import TmuxSupport

/// Every bad input is answered by a sentence on standard error and an exit status.
@Suite struct RefusalTests {
  @Test(
    arguments: [
      (
        ["demo", "ensure-fture"], "No demo is called 'ensure-fture'. Did you mean 'ensure-future'?"
      ),
      (["demo", "nope"], "No demo is called 'nope'. `loopscope demo --list` names them."),
      (["demo", "hello", "x"], "The demo hello takes no arguments, but got 'x'."),
      (["demo", "storm", "none"], "'none' is no TASKS for the demo storm"),
      (["demo", "storm", "1", "2", "3"], "The demo storm takes [TASKS] [YIELDS] and no more."),
      (["demo", "order", "--speed", "0"], "--speed must be more than 0."),
      (["demo", "order", "--profile", "2.7"], "The value '2.7' is invalid for '--profile"),
      (["demo", "order", "--headless", "--step"], "--step needs the screen"),
      (["play"], "Missing expected argument '<file>'. `loopscope play --help` tells how."),
      (["play", "x.jsonl", "y"], "Unexpected argument 'y'. `loopscope play --help` tells how."),
      (
        ["play", "x.jsonl", "--at", "noon"],
        "a moment is written 1.5s, 1:00:05, 40%, step:12 or event:31."
      ),
      (["why", "x.jsonl", "y", "--at", "-1s"], "--at <at>"),
      (["record", "-o", "x.jsonl"], "Record what?"),
      (["record", "demo", "hello"], "Record to where? -o comes before what is run"),
      (["record", "python", "hello.py"], "Record to where? -o comes before what is run"),
      (["record", "python", "-o", "x.jsonl", "a.py"], "Record to where? -o comes before"),
      (["record", "python", "--output=x.jsonl", "a.py"], "Record to where? -o comes before"),
      (
        ["snapshot", "x.jsonl", "--size", "0x9"],
        "The value '0x9' is invalid for '--size <size>': a size is written 100x30"
      ),
      (["snapshot", "x.jsonl", "--pane", "x"], "lanes, loop, inspector, source, output, events"),
      (["python", "x.jsonl"], "x.jsonl is called as a recording is: `loopscope play x.jsonl`."),
      (["order"], "There is no command 'order'. Did you mean `loopscope demo order`?"),
      (["app.py"], "There is no command 'app.py'. Did you mean `loopscope python app.py`?"),
      (["x.jsonl.gz"], "Did you mean `loopscope play x.jsonl.gz`?"),
      (["pyton", "app.py"], "There is no command 'pyton'. Did you mean `loopscope python`?"),
      (["ordr"], "There is no command 'ordr'. Did you mean `loopscope demo order`?"),
      (["nonsense"], "There is no command 'nonsense'. `loopscope --help` names them all."),
      (["--nonsense"], "Unknown option '--nonsense'. `loopscope --help` tells how."),
    ])
  func `wrong usage is told, with status 64`(arguments: [String], sentence: String) throws {
    let answer = try loopscope(all: arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(sentence))
    #expect(answer.errors.hasPrefix("Error: "))
    #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
    #expect(answer.errors.hasSuffix(".\n"))
  }

  @Test func `a file that is no recording is refused in one sentence, with status 1`() throws {
    let scratch = try Scratch()
    let newer = #"{"loopscope":2,"clock":"virtual","unit":"ns","program":["x"],"runtime":"y"}"#
    let killed = #"{"loopscope":1,"clock":"real","unit":"ns","program":["x"],"runtime":"y"}"# + "\n"
    _ = try scratch.write(killed, to: "killed.jsonl.part")
    let refused = [
      (scratch.file("killed.jsonl"), "killed.jsonl.part, of a run that goes on or was killed"),
      (scratch.file("none.jsonl"), "There is no file "), (scratch.path, "is a directory"),
      (try scratch.write("", to: "empty.jsonl"), "is empty"),
      (try scratch.write("hello\nthere\n", to: "text.jsonl"), "is not a recording of loopscope"),
      (try scratch.write("{}\n", to: "object.jsonl"), "is not a recording of loopscope"),
      (try scratch.write("\u{1F}\u{8B}nonsense", to: "bad.jsonl.gz"), "Error: "),
      (try scratch.write(newer + "\n", to: "newer.jsonl"), "This recording is format 2"),
    ]
    for (path, sentence) in refused {
      for command in ["play", "snapshot", "events"] {
        let answer = try loopscope(command, path)
        #expect(answer.status == 1, "\(command) \(path)")
        #expect(answer.output.isEmpty)
        #expect(answer.errors.contains(sentence), "\(answer.errors)")
        #expect(answer.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test(
    arguments: [
      ["play", "EVIL"], ["diff", "EVIL", "x.jsonl"], ["EVIL"], ["demo", "EVIL"], ["--EVIL"],
      ["demo", "hello", "EVIL"], ["play", "x.jsonl", "--at", "EVIL"], ["python", "EVIL.jsonl"],
      ["python", "--python", "/EVIL", "x.py"], ["explore", "EVIL.py"],
      ["explore", "-o", "/no/EVIL", "/dev/null"], ["record", "-o", "/no/EVIL", "demo", "hello"],
      ["export", "EVIL", "-o", "x.html"], ["attach", "EVIL"],
    ])
  func `nothing that was typed steers the terminal that is told of it`(arguments: [String]) throws {
    let evil = "\u{1B}[31m\u{1B}]0;title\u{07}\u{9B}2J\r\u{202E}"
    let typed = arguments.map { $0.replacing("EVIL", with: evil) }
    let answer = try loopscope(all: typed)
    #expect(answer.status != 0)
    #expect(answer.errors.hasPrefix("Error: "))
    #expect(answer.errors.contains("\\x1b[31m\\x1b]0;title\\x07"), "\(answer.errors)")
    #expect(answer.errors.contains("\\x9b2J\\r\\u{202e}"), "\(answer.errors)")
    let controls = (answer.errors + answer.output).unicodeScalars.filter {
      $0.properties.generalCategory == .control && $0 != "\n" || $0 == "\u{202E}"
    }
    #expect(controls.isEmpty, "\(answer.errors)")
  }

  @Test func `a recording that cannot be written is refused before anything runs`() throws {
    let scratch = try Scratch()
    let file = try scratch.write("", to: "file")
    let script = try scratch.write("print('meow')\n", to: "app.py")
    for path in ["", "/nowhere/x.jsonl", scratch.path, file + "/x.jsonl", script] {
      for arguments in [
        ["record", "-o", path, "demo", "hello"], ["demo", "hello", "--record", path],
        ["demo", "hello", "--headless", "--record", path],
      ] {
        let answer = try loopscope(all: arguments)
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty, "\(arguments)")
        #expect(answer.errors.contains("cannot be created"))
        #expect(answer.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test func `a moment or a lane that the run does not have is told`() throws {
    let scratch = try Scratch()
    let file = scratch.file("order.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "order")
    let step = try loopscope("snapshot", file, "--at", "step:13")
    #expect(step.status == 1)
    #expect(step.errors == "Error: There is no step 13: the run has 12.\n")
    let lane = try loopscope("events", file, "--lane", "mew(3)")
    #expect(lane.status == 1)
    #expect(
      lane.errors.contains("No lane of this run has 'mew(3)' in its name. Did you mean 'meow(3)'?"))
    let other = try loopscope("why", file, "zork")
    #expect(
      other.errors == "Error: No lane of this run has 'zork' in its name. "
        + "It has main(), meow(1), meow(2), meow(3), meow(4) and 1 more.\n")
  }

  @Test(.whereTmuxIs, .inTerminals)
  func `a refusal in a terminal leaves the terminal alone`() async throws {
    let scratch = try Scratch()
    let file = scratch.file("order.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "order")
    for arguments in [
      ["play", "/nowhere/x.jsonl"], ["play", file, "--at", "step:13"],
      ["demo", "hello", "--record", "/nowhere/x.jsonl"],
    ] {
      let tmux = try launch(arguments, columns: 150)
      #expect(try await tmux.exitStatus() == 1)
      try tmux.expectRestored()
      let screen = try tmux.screen()
      #expect(screen[0].hasPrefix("Error: ") && screen[1] == "MODES=same.")
    }
  }

  @Test(.whereTmuxIs, .inTerminals)
  func `where there can be no screen no recording is begun`() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("an older one", to: "run.jsonl")
    let tmux = try launch(["demo", "hello", "--record", file], environment: ["TERM": "dumb"])
    #expect(try await tmux.exitStatus() == 1)
    #expect(try String(decoding: scratch.bytes("run.jsonl"), as: UTF8.self) == "an older one")
    #expect(!scratch.exists("run.jsonl.part"))
  }
}

import ArgumentParser
import Loop
import Python
import Trace

/// `loopscope record -o FILE python SCRIPT`.
struct RecordPythonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "python", abstract: "Record a Python program that uses asyncio.",
    usage: """
      loopscope record -o FILE python [options] [--] <script> [<argument> ...]
      loopscope record -o FILE python [options] -m <module> [<argument> ...]
      """,
    discussion: """
      The program takes this process over: its input, output, exit status and signals are its own. \
      What it does is written to FILE.part, which becomes FILE at its end.
      """)

  @ParentCommand var record: RecordCommand
  @OptionGroup var options: PythonOptions

  @Option(help: "Stop recording after about so many events; the program goes on.")
  var maxEvents: Int?

  @Option(help: "Keep only about the newest so many events.")
  var keepLast: Int?

  func validate() throws {
    if options.named.asksForHelp { throw CleanExit.helpRequest(self) }
    if let first = options.named.command.first, first == "-o" || first.hasPrefix("--output") {
      throw RecordCommand.noPath(toRecord: "python app.py")
    }
    try options.check()
    for (name, number) in [("--max-events", maxEvents), ("--keep-last", keepLast)] {
      if let number, number < 1 { throw ValidationError("\(name) must be at least 1.") }
    }
  }

  func run() throws {
    let path = try record.path(toRecord: "python app.py")
    var program = try options.program()
    program.maxEvents = maxEvents
    program.keepLast = keepLast
    // The interpreter would say it by a traceback of the recorder's.
    try RecordingWriter.check(path: path)
    do {
      try program.become(recordingTo: path)
    } catch {
      throw Failure("\(error)")
    }
  }
}

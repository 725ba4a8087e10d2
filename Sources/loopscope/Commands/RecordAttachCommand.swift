import ArgumentParser
import Python
import Trace

/// `loopscope record -o FILE attach PROCESS`.
struct RecordAttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Record a Python program that runs already.",
    usage: "loopscope record -o FILE attach [options] <process>",
    discussion: """
      Until Ctrl-C, or the program's end. Then the program goes on as if it had never been \
      recorded. From Python 3.14 on, on Linux.
      """)

  @ParentCommand var record: RecordCommand
  @OptionGroup var options: AttachOptions

  @Option(help: "Stop after about so many events.")
  var maxEvents: Int?

  func validate() throws {
    if let maxEvents, maxEvents < 1 { throw ValidationError("--max-events must be at least 1.") }
  }

  func run() throws {
    let path = try record.path(toRecord: "attach \(options.number)")
    try RecordingWriter.check(path: path)
    var program = try options.program()
    program.maxEvents = maxEvents
    // From here on a Ctrl-C is for us to see, whenever it comes.
    let ending = EndingSignals()
    let source: PythonSource
    do {
      source = try PythonSource(attachingTo: program, isHeld: false, tell: tell)
    } catch {
      throw Failure("\(error)")
    }
    let writer = try RecordingWriter(path: path, header: source.header)
    tell("Recording process \(options.number) into \(path). Ctrl-C ends that.")
    var count = 0
    func take(_ batch: Batch) throws {
      count += batch.events.count
      try writer.append(batch)
    }
    while !source.hasEnded, !ending.haveCome {
      source.waitForMore(milliseconds: 100)
      let batch = source.collect()
      try take(batch)
      if batch.isEmpty { try writer.flush() }
    }
    let isOurs = !source.hasEnded
    try take(source.end())
    try writer.finish()
    let how = isOurs ? "goes on" : source.ending ?? "ended"
    tell("\(count) events in \(path). The program \(how).")
    for notice in source.notices { tell(notice) }
  }
}

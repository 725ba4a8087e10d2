import ArgumentParser
import Loop
import Trace

/// `loopscope record`: run something with no screen and keep what happened.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Run a program with no screen and record it.",
    discussion: """
      The file grows as FILE.part while the program runs and gets its name at the end, so that a \
      recording is never half overwritten; after a kill, FILE.part plays up to its last event. \
      A name that ends in .gz is compressed.
      """,
    subcommands: [RecordDemoCommand.self, RecordPythonCommand.self, RecordAttachCommand.self])

  // Not required by the parser, which then would not get to the help of a subcommand.
  @Option(name: [.short, .long], help: "The file to write (.jsonl or .jsonl.gz).")
  var output: String?

  func run() throws {
    throw ValidationError(
      "Record what? For example: loopscope record -o \(output ?? "run.jsonl") demo order")
  }

  /// - Throws: `ValidationError` if it is not said where to.
  func path(toRecord program: String) throws -> String {
    guard let output else { throw Self.noPath(toRecord: program) }
    return output
  }

  static func noPath(toRecord program: String) -> ValidationError {
    ValidationError(
      "Record to where? -o comes before what is run: loopscope record -o run.jsonl \(program)")
  }
}

/// `loopscope record -o FILE demo NAME`.
struct RecordDemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Record a demo.")

  @ParentCommand var record: RecordCommand
  @OptionGroup var options: DemoOptions

  func run() throws {
    let path = try record.path(toRecord: "demo order")
    try options.run(of: options.demo()).runHeadless(recordingTo: path)
  }
}

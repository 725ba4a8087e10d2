import ArgumentParser
import Loop
import Python
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `loopscope python`: watch a real asyncio program.
struct PythonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "python", abstract: "Watch a Python program that uses asyncio, live.",
    usage: """
      loopscope python [options] [--] <script> [<argument> ...]
      loopscope python [options] -m <module> [<argument> ...]
      loopscope python --print-recorder
      """,
    discussion: """
      Runs the program under your own interpreter, without a change to it. Space holds its loop \
      before the next handle and lets it go, . runs exactly one handle, : sends a line to its \
      input. It ends with the screen, by SIGTERM.

      Its input and output are pipes while it is watched. Where stdout is no terminal it runs \
      there as it would alone, with its own input, output and exit status, and a plain-text \
      timeline is printed after it.

      A string at the top of the script is shown by ? as what it is about.

      A program that runs already is watched by `loopscope attach`.
      """)

  @OptionGroup var options: PythonOptions

  @Flag(help: "Open it held, before its first handle.")
  var step = false

  @OptionGroup var shown: SpeedOption

  @Option(name: [.short, .long], help: "Also record the run to this file (.jsonl or .jsonl.gz).")
  var record: String?

  @Flag(help: "Print the recorder, a Python file to import in a program of yours, and end.")
  var printRecorder = false

  func validate() throws {
    if options.named.asksForHelp { throw CleanExit.helpRequest(self) }
    guard !printRecorder else { return }
    try options.check()
    if options.subprocesses, record != nil {
      throw ValidationError(
        "Several processes need several files: loopscope record -o run.jsonl python --subprocesses …"
      )
    }
  }

  func run() throws {
    if printRecorder { return writeToStandardStreams(RecorderScript.text, .stdout) }
    let program = try options.program()
    // Before anything of the program runs.
    if let record { try RecordingWriter.check(path: record) }
    guard isatty(STDOUT_FILENO) == 1 else {
      if options.subprocesses {
        throw Failure(
          "--subprocesses shows one process after the other, which needs a terminal. "
            + "`loopscope record -o run.jsonl python --subprocesses` records them.")
      }
      return try printTimeline(program)
    }
    let source: PythonSource
    do {
      try program.checkScript()
      source = try PythonSource(program)
    } catch {
      throw Failure("\(error)")
    }
    let (session, writer) = try openSession(recordingTo: record, header: source.header)
    try session.watch(source, recordingBy: writer, paused: step, speed: shown.speed)
  }

  /// Runs the program in the place of this one, then prints its lanes. Ends as the program ended.
  private func printTimeline(_ program: PythonProgram) throws {
    do {
      let end = try program.runInForeground(recordingTo: record) { path in
        guard let source = try? RecordingSource(path: path) else { return }
        let timeline = source.wholeTimeline()
        let text = plainTimeline(timeline, header: source.header, showsOutput: false)
        writeToStandardStreams("\n" + text, .stdout)
      }
      end.imitate()
    } catch {
      throw Failure("\(error)")
    }
  }
}

import ArgumentParser
import Python
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `loopscope attach PROCESS`: watch a program that runs already.
struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Watch a Python program that runs already, live.",
    usage: "loopscope attach [options] [<process>]",
    discussion: """
      From Python 3.14 on, on Linux. All tasks appear in lanes as they stand. Space holds the real \
      loop before its next handle and lets it go, . runs exactly one handle. When the screen is \
      closed, or killed, the program goes on as if it had never been watched.

      It may be your own process; another user's, or where the system asks for it \
      (kernel.yama.ptrace_scope), takes root.
      """)

  @OptionGroup var options: AttachOptions

  @Flag(help: "Hold it before its next handle.")
  var step = false

  @OptionGroup var shown: SpeedOption

  @Option(name: [.short, .long], help: "Also record the run to this file (.jsonl or .jsonl.gz).")
  var record: String?

  func run() throws {
    // First what may be refused without touching the program.
    if let record { try RecordingWriter.check(path: record) }
    let program = try options.program()
    guard isatty(STDOUT_FILENO) == 1 else {
      throw Failure(
        "The screen needs a terminal. To record without one: "
          + "loopscope record -o run.jsonl attach \(options.number)")
    }
    let source: PythonSource
    do {
      source = try PythonSource(attachingTo: program, isHeld: step, tell: tell)
    } catch {
      throw Failure("\(error)")
    }
    let (session, writer) = try openSession(recordingTo: record, header: source.header)
    try session.watch(source, recordingBy: writer, paused: step, speed: shown.speed)
  }
}

import ArgumentParser
import Loop
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `loopscope play`: watch a recorded run.
struct PlayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "Watch a recorded run.",
    discussion: """
      Where stdout is no terminal, a plain-text timeline of the whole run is printed instead; \
      `loopscope snapshot` prints a moment of it. A recording that was cut off plays up to the \
      tear, and says so.
      """)

  @Argument(help: "The recording (.jsonl or .jsonl.gz).", completion: .file())
  var file: String

  @OptionGroup var shown: SpeedOption

  @Flag(help: "Open it paused.")
  var step = false

  @Option(
    help: "Open it paused at 1.5s, 1:00:05, 40%, step:12 or event:31.", transform: When.parse)
  var at: When?

  func run() throws {
    guard isatty(STDOUT_FILENO) == 1 else {
      let run = try RecordedRun(path: file)
      return writeToStandardStreams(plainTimeline(run.timeline, header: run.header), .stdout)
    }
    let source = try RecordingSource(path: file)
    // The moment is looked up before the terminal is taken: a refusal leaves it alone.
    let start = try at.map { when in
      let timeline = source.wholeTimeline()
      return (timeline, try when.cursor(in: timeline), when.time(in: timeline) ?? 0)
    }
    let session = Session(terminal: try openTerminal())
    try session.play(source, from: start, paused: step || at != nil, speed: shown.speed)
  }
}

import ArgumentParser
import Demos
import Loop
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `loopscope demo`: watch one of the examples on our own loop.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Watch a demo on loopscope's own event loop.",
    discussion: """
      Plays at once, at the speed of its clock; --step opens it paused at the start. Where stdout \
      is no terminal, a plain-text timeline is printed instead.
      """)

  @OptionGroup var options: DemoOptions

  @Flag(help: "List the demos with their lessons, and end.")
  var list = false

  @Flag(help: "Open it paused, before the first handle.")
  var step = false

  @OptionGroup var shown: SpeedOption

  @Option(name: [.short, .long], help: "Also record the run to this file (.jsonl or .jsonl.gz).")
  var record: String?

  @Flag(help: "Show nothing but what the program prints.")
  var headless = false

  func validate() throws {
    if headless && step {
      throw ValidationError("--step needs the screen, and --headless has none.")
    }
  }

  func run() throws {
    if list { return printList() }
    if options.name == nil { return try MenuCommand().run() }
    let run = try options.run(of: options.demo())
    if headless { return try run.runHeadless(recordingTo: record) }
    guard isatty(STDOUT_FILENO) == 1 else { return try printTimeline(run) }
    let (session, writer) = try openSession(recordingTo: record, header: run.header)
    try session.watch(
      run.source(), lesson: run.lesson, recordingBy: writer, paused: step, speed: shown.speed)
  }

  private func printTimeline(_ run: DemoRun) throws {
    let writer = try record.map { try RecordingWriter(path: $0, header: run.header) }
    var timeline = Timeline()
    let failure = try run.runToEnd(echo: nil) { batch in
      try writer?.append(batch)
      timeline.append(batch)
    }
    try writer?.finish()
    writeToStandardStreams(plainTimeline(timeline, header: run.header), .stdout)
    if failure != nil { throw ExitCode.failure }
  }

  private func printList() {
    let width = Demo.all.map(\.name.count).max() ?? 0
    for demo in Demo.all {
      let gap = String(repeating: " ", count: width - demo.name.count + 2)
      writeToStandardStreams("\(demo.name)\(gap)\(demo.lesson)\n", .stdout)
    }
  }
}

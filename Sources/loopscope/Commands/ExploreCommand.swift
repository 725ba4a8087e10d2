import ArgumentParser
import Insight
import Loop
import Python
import TUI
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `loopscope explore`: what else may happen in a Python program.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Run a Python program many times, each in another order, and say what goes wrong.",
    usage: """
      loopscope explore [options] [--] <script> [<argument> ...]
      loopscope explore [options] -m <module> [<argument> ...]
      """,
    discussion: """
      Time is virtual. What asyncio leaves open is drawn from a seed, another one for each run: a \
      timer may be late, by up to half of its time, and what is ready outside comes in any order. \
      What asyncio promises stays. So a program that fails once a week, on a busy machine, may fail \
      within a minute here; then it is told where that run and one that went well part, and the seed \
      shows it again.

      Ends with status 1 if any run failed: by an exception, a status other than 0, a fault that \
      `findings` would tell, or since nothing could happen any more. The program must end by itself; \
      its input is empty. Ctrl-C ends it all, and tells what was found by then.
      """)

  @Option(help: ArgumentHelp("How many runs.", valueName: "number"))
  var runs = 100

  @Option(
    help: ArgumentHelp("The seed of the first run; the others count up.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many runs there are at once; not of a program that needs a port or a file for itself.",
      valueName: "number"))
  var jobs = 1

  @Option(help: ArgumentHelp("How long a run may take, in real time.", valueName: "seconds"))
  var timeout = 60

  @Option(help: ArgumentHelp("How many events a run may have.", valueName: "number"))
  var maxEvents = 1_000_000

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      """
      Keep the recording of the first run of each outcome in this folder, as seed-1.jsonl and so on.
      """, valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(help: "Print what was found as a JSON object, which docs/exploration.md describes.")
  var json = false

  @OptionGroup var named: ProgramOptions

  func validate() throws {
    if named.asksForHelp { throw CleanExit.helpRequest(self) }
    for (name, number) in [
      ("--runs", runs), ("--jobs", jobs), ("--timeout", timeout), ("--max-events", maxEvents),
    ] {
      if number < 1 { throw ValidationError("\(name) must be at least 1.") }
    }
    // Each takes a thread and some descriptors of ours.
    if jobs > Self.mostJobs { throw ValidationError("--jobs must be at most \(Self.mostJobs).") }
    _ = try named.checkedCommand()
  }

  private static let mostJobs = 200

  func run() throws {
    var program = try named.program()
    program.clock = .virtual
    do {
      try program.checkScript()
    } catch {
      throw Failure("\(error)")
    }
    try makeFolder()
    let exploring = Exploring(
      program: program, seeds: (0..<UInt64(runs)).map { seed &+ $0 }, timeLimit: timeout,
      eventLimit: maxEvents, jobs: jobs)
    let progress = Progress(of: runs)
    var signals = EndingSignals()
    let isInterrupted = { @Sendable [signals] in signals.haveCome }
    let exploration = try exploring.run(until: isInterrupted) { progress.show($0) }
    let narrowed = try exploration.worst.flatMap { group in
      progress.show(group)
      return try exploring.narrow(group, until: isInterrupted)
    }
    progress.clear()
    let report = ExplorationReport(
      exploration, of: program.command, options: named.given, wanted: runs, jobs: jobs,
      narrowed: narrowed)
    if json {
      try printLines([report.json.line(cuttingTextsTo: JSON.longestText)])
    } else {
      try printLines(report.lines + (report.contrast.map { [""] + $0.report.rows } ?? []))
    }
    try keep(exploration.groups)
    // What has interrupted it ends it now.
    signals.release()
    if exploration.goodCount < exploration.runCount { throw ExitCode.failure }
  }

  /// First of all: what a long search has found must not be lost for want of it.
  private func makeFolder() throws {
    guard let output, mkdir(output, 0o777) != 0, errno != EEXIST else { return }
    throw Failure("The folder \(output) cannot be made: \(String(cString: strerror(errno))).")
  }

  private func keep(_ groups: [Exploration.Group]) throws {
    guard let output else { return }
    for group in groups {
      let batch = group.first.timeline.batch
      try RecordingWriter.write(
        header: group.first.header, texts: batch.texts, events: batch.events,
        to: "\(output)/seed-\(group.firstSeed).jsonl")
    }
  }
}

/// A line on the terminal that tells how far it has come; nothing where stderr is none.
private struct Progress {
  private let count: Int
  private let isShown = isatty(STDERR_FILENO) == 1

  init(of count: Int) { self.count = count }

  func show(_ exploration: Exploration) {
    let bad = exploration.runCount - exploration.goodCount
    write("\(exploration.runCount) of \(count) runs, \(bad == 0 ? "none" : "\(bad)") failed")
  }

  func show(_ group: Exploration.Group) {
    write("Looking for what decides it with seed \(group.firstSeed)")
  }

  func clear() { write("") }

  private func write(_ text: String) {
    if isShown { writeToStandardStreams("\r\u{1B}[K\(text)", .stderr) }
  }
}

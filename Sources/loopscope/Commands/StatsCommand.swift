import ArgumentParser
import Insight
import Loop
import TUI
import Trace

/// `loopscope stats`: what a loop did, and which functions are to blame.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Say how busy a run's loop was, and with the coroutines of which functions.",
    discussion: """
      First the loop: how much of the time it was busy, its longest step, for how long handles stood in the \
      ready queue, and how late timers fired. Then a row for each function whose coroutines there were:

        calls    how many were made; before: were there when it begins;
                 at once: at most; left: at the end;
                 failed, cancelled, unawaited: how they ended
        steps    in how many steps its code was on the loop
        time     for how long, without what it awaits; longest: in one step
        life     from being made to the end, in the mean
        ready    for how long it could have run, and had to wait its turn
        timer …  for how long its coroutines waited, by what for; a semaphore
                 is a lock here, a condition an event, a gather a task

      Then the locks, semaphores and queues that were waited for, with how much of each was in use; and \
      what there was more and more of. Columns with nothing in them are left out. Times are of all calls \
      together, but for those that are called longest and life. docs/stats.md tells the rest.
      """)

  @OptionGroup var moment: MomentOptions

  @Option(
    help: "Leave out what was before this moment. (default: the beginning)",
    transform: When.parse)
  var since: When?

  @Option(help: "What to have the most of first.")
  var sort = StatsReport.Order.time

  @Option(help: "How many functions to tell. (default: 20; with --json all)")
  var limit: Int?

  @Flag(help: "Print it as a JSON object, which docs/stats.md describes.")
  var json = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
  }

  func run() throws {
    let (run, cursor, time) = try moment.read()
    let timeline = run.timeline
    let start = try since?.cursor(in: timeline) ?? 0
    guard start <= cursor else { throw Failure("--since is a moment after --at.") }
    run.tellRemarks(at: cursor)
    let stats = timeline.stats(in: start..<cursor, now: time)
    if json {
      try printLines([stats.json(in: timeline, run.header, by: sort, limit: limit).line()])
    } else {
      let report = StatsReport(
        stats, in: timeline, of: run.header, by: sort, limit: limit ?? Self.functionsTold)
      try printLines(report.lines + report.growth.flatMap { [""] + wrapped($0[...], to: 100) })
    }
  }

  private static let functionsTold = 20
}

extension StatsReport.Order: ExpressibleByArgument {}

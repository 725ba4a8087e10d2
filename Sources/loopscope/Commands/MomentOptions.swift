import ArgumentParser
import Trace

/// A moment of a recorded run, for the commands that print something of it.
struct MomentOptions: ParsableArguments {
  @Argument(help: "The recording (.jsonl or .jsonl.gz).", completion: .file())
  var file: String

  @Option(
    help: "The moment: 1.5s, 1:00:05, 40%, step:12 or event:31. (default: the end)",
    transform: When.parse)
  var at: When?

  /// Reads the run, and finds the moment in it: how many events had happened, and the time in nanoseconds.
  ///
  /// - Throws: ``RecordingError`` if it cannot be read, ``Failure`` if it has no such moment.
  func read() throws -> (run: RecordedRun, cursor: Int, time: Int64) {
    let run = try RecordedRun(path: file)
    let cursor = try at?.cursor(in: run.timeline) ?? run.timeline.events.count
    return (run, cursor, at?.time(in: run.timeline) ?? run.timeline.time(at: cursor))
  }
}

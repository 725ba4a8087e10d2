import ArgumentParser
import Insight
import Loop
import Trace

/// `loopscope why`: the reason for a lane's state, in sentences.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a lane is in its state at a moment of a recorded run.")

  @Argument(help: "The recording (.jsonl or .jsonl.gz).", completion: .file())
  var file: String

  @Argument(help: "The lane, by its name or a part of it.")
  var lane: String

  @Option(
    help: "The moment: 1.5s, 40%, step:12 or event:31. (default: the end)",
    transform: When.parse)
  var at: When?

  func run() throws {
    let timeline = try RecordedRun(path: file).timeline
    let cursor = try at?.cursor(in: timeline) ?? timeline.events.count
    for id in try timeline.lanes(named: lane).sorted() {
      guard let lane = timeline.lane(id), lane.created < cursor else { continue }
      printLines((Insight.why(id, at: cursor, in: timeline)?.reasons ?? []).map(\.text))
    }
  }
}

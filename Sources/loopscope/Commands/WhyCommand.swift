import ArgumentParser
import Insight
import Loop
import Trace

/// `loopscope why`: the reason for a lane's state, in sentences.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a lane is in its state at a moment of a recorded run.")

  @OptionGroup var moment: MomentOptions

  @Argument(help: "The lane, by its name, its task's, or a part of it.")
  var lane: String

  func run() throws {
    let (run, cursor, time) = try moment.read()
    let timeline = run.timeline
    for id in try timeline.lanes(named: lane).sorted() {
      guard let lane = timeline.lane(id), lane.created < cursor else { continue }
      let explanation = Insight.why(id, at: cursor, now: time, in: timeline)
      try printLines((explanation?.reasons ?? []).map(\.text))
    }
  }
}

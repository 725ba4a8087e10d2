import ArgumentParser
import Insight
import Loop
import Trace

/// `loopscope why`: the reason for a lane's state, in sentences.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a lane is in its state at a moment of a recorded run.",
    discussion: """
      Where several lanes are called so, it says it of each; of more than five only in which state each \
      is.
      """)

  @OptionGroup var moment: MomentOptions

  @Argument(help: "The lane, by its name, its task's or its function's, or a part of one.")
  var lane: String

  func run() throws {
    let (run, cursor, time) = try moment.read()
    let timeline = run.timeline
    let lanes = try timeline.lanes(named: lane).sorted().filter {
      timeline.lane($0).map { $0.created < cursor } ?? false
    }
    let isMany = lanes.count > Self.mostInFull
    var lines: [String] = []
    for id in lanes {
      let explanation = Insight.why(id, at: cursor, now: time, in: timeline)
      if !isMany, !lines.isEmpty { lines.append("") }
      let reasons = (isMany ? explanation?.state.prefix(1) : explanation?.reasons[...]) ?? []
      lines += reasons.map(\.text)
    }
    try printLines(lines)
    if isMany {
      tell(
        "\(lanes.count) lanes have '\(lane)' in their names: of each its state. "
          + "Name one of them, or its task, to be told why.")
    }
  }

  private static let mostInFull = 5
}

import Insight
import Trace

/// What runs, on which clock, whether it moves, and where the view stands. It depends on the cursor
/// and not on how much of the run is known, so that a live run, a rewound one and a recording show
/// the same.
func drawHeader(_ model: Model, in rect: Rect, on frame: inout Frame) {
  guard !rect.isEmpty else { return }
  frame.fill(rect, style: Style(.title, .reverse))
  let moment = model.timeline.moment(at: model.cursor)
  let left = " \(model.header.title)"
  let time = timeText(model.player.time)
  let (tick, step, event) = ("tick \(moment.tick)", "step \(moment.step)", "event \(model.cursor)")
  let tellsSteps = !model.timeline.tellsNoSteps
  let clock = "\(model.header.clock.rawValue) clock\(model.header.chanceText)"
  let known = " · \(clock) · \(model.header.runtime)"
  let wide = [model.playing, model.speedText, time] + (tellsSteps ? [tick, step] : []) + [event]
  let narrow = [model.playing, time, tellsSteps ? step : event]
  let lines = [wide, narrow, [model.playing, time], [model.playing]].map {
    $0.joined(separator: "  ") + " "
  }
  // All of it beside the whole name, else as much as leaves room for the name's beginning.
  let nameColumns = columns(of: left)
  let fitting = lines.enumerated().first { place, line in
    columns(of: line) + (place == 0 ? nameColumns + 2 : min(nameColumns, 4)) <= rect.columns
  }
  let right = fitting?.element ?? lines[3]
  let start = max(0, rect.columns - columns(of: right))
  var drawn = frame.text(
    clipped(left, to: max(0, start - 1)), x: 0, y: rect.y,
    style: Style(.title, [.bold, .reverse]))
  if drawn + columns(of: known) < start {
    drawn += frame.text(known, x: drawn, y: rect.y, style: Style(.title, .reverse))
  }
  frame.text(right, x: start, y: rect.y, style: Style(.title, .reverse), limit: rect.columns)
}

extension RunHeader {
  /// `, seed 2, 1 chance`; the seed 0 is that of whoever has chosen none.
  fileprivate var chanceText: String {
    // The largest number is no limit.
    let limit = chances.flatMap { $0 == .max ? nil : ", \(counted($0, "chance"))" }
    guard let seed, seed > 0 || limit != nil else { return "" }
    return ", seed \(seed)\(limit ?? "")"
  }
}

extension Model {
  /// Whether it moves, and what moves: the view over what is known, or the loop itself. Beside it,
  /// wherever the view stands, how the program's process ended; of a run that had none, that it ended.
  fileprivate var playing: String {
    if awaited != nil { return "▶ stepping the loop" + (stopped.map { "  ■ \($0)" } ?? "") }
    guard hasEnded, let ending else {
      if let stopped {
        let view = player.isPlaying ? (isAtLiveEdge ? "" : "▶ playing the view  ") : "❚❚ paused  "
        return "\(view)■ \(stopped)"
      }
      if !player.isPlaying {
        return timeline.moment(at: cursor).ending == nil ? "❚❚ paused" : "■ ended"
      }
      if let silence { return "▶ in one step for \(seconds(silence))" }
      return isAtLiveEdge ? "▶ running the loop" : "▶ playing the view"
    }
    if player.isPlaying { return "▶ playing the view  ■ \(ending)" }
    return (isAtEdge ? "" : "❚❚ paused  ") + "■ \(ending)"
  }

  fileprivate var speedText: String {
    let speed = player.speed
    return speed < 1 ? "1/\(Int((1 / speed).rounded()))×" : "\(Int(speed))×"
  }
}

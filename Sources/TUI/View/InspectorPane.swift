import Insight
import Trace

/// Draws all that is known of the selected lane at the moment shown.
@discardableResult
func drawInspector(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  var lines = Lines(model.scrolls[.inspector, default: 0])
  if let id = model.selected, let lane = model.timeline.lane(id) {
    lines.inspect(lane, model, columns: rect.columns)
  } else {
    lines.add("No coroutine yet.", .muted)
  }
  return lines.draw(in: rect, on: &frame)
}

extension Lines {
  fileprivate mutating func inspect(_ lane: Lane, _ model: Model, columns: Int) {
    let timeline = model.timeline
    let cursor = model.cursor
    let now = model.player.time
    let current = timeline.state(of: lane.id, at: cursor)
    let look = LaneLook(current)
    add([
      (timeline.label(of: lane.id) + "  ", Style(.title, .bold)),
      ("\(look.glyph) \(look.word)", Style(look.role, .bold)),
    ])
    for reason in why(lane.id, at: cursor, now: now, in: timeline)?.state ?? [] {
      add(wrapped: reason.text, columns: columns)
    }
    if let outcome = timeline.outcome(of: lane.id, at: cursor) {
      field(outcome.label, outcome.text, columns)
    }
    for (place, frame) in (timeline.stack(of: lane.id, at: cursor) ?? []).enumerated() {
      let label = place > 0 ? "called by" : current == .failed ? "raised in" : "was in"
      field(label, "\(frame.name) at \(frame.place)", columns)
    }
    let creator = lane.parent == .none ? "" : "by \(timeline.label(of: lane.parent)) "
    let moment = timeText(timeline.time(at: lane.created + 1))
    field("created", "\(creator)at \(moment)", columns)
    if lane.origin.line > 0 {
      field("called", "\(timeline.text(lane.origin.file)):\(lane.origin.line)", columns)
    }
    if lane.site.line > 0 {
      field("defined", "\(timeline.text(lane.site.file)):\(lane.site.line)", columns)
    }
    if let name = timeline.taskName(of: lane, at: cursor) {
      field("task", timeline.text(name), columns)
    }
    let awaiter = timeline.awaiter(of: lane.id, at: cursor)
    if let awaiter { field("awaited by", timeline.label(of: awaiter), columns) }
    let waiters = timeline.waiters(of: lane.id, at: cursor).filter { $0 != awaiter }
    if !waiters.isEmpty { field("waited for by", timeline.labels(of: waiters), columns) }
    let held = timeline.held(by: lane.id, at: cursor)
    if !held.isEmpty {
      field("holds", held.map { plain(timeline.label(of: $0.id)) }.joined(separator: ", "), columns)
    }
    let awaited = timeline.awaited(by: lane.id, at: cursor)
    if !awaited.isEmpty { field("waits for", timeline.labels(of: awaited), columns) }
    let durations = timeline.durations(of: lane.id, at: cursor)
    for state in LaneState.allCases where durations.entries(into: state) > 0 && !state.isEnded {
      let times = durations.entries(into: state)
      // It goes on being in its state while nothing happens.
      let rest = state == current ? now - timeline.time(at: cursor) : 0
      let spent = seconds(durations.nanoseconds(in: state) + rest)
      field(LaneLook(state).word, "\(spent), \(times) \(times == 1 ? "time" : "times")", columns)
    }
  }

  /// Adds a name and its value, which goes on below where it is long.
  private mutating func field(_ name: String, _ value: String, _ columns: Int) {
    let whole = "\(name): \(value.split(whereSeparator: \.isNewline).joined(separator: " "))"
    for (place, line) in wrapped(whole[...], to: columns - 2).enumerated() {
      guard place == 0, line.hasPrefix("\(name): ") else {
        add("  \(line)")
        continue
      }
      add([("\(name): ", .muted), (String(line.dropFirst(name.count + 2)), .plain)])
    }
  }
}

extension Timeline {
  fileprivate func labels(of lanes: [LaneID]) -> String {
    let shown = lanes.prefix(4).map { label(of: $0) }.joined(separator: ", ")
    return lanes.count > 4 ? "\(shown) and \(lanes.count - 4) more" : shown
  }

  /// What a lane's code ended with, once it has.
  fileprivate func outcome(of lane: LaneID, at cursor: Int) -> (label: String, text: String)? {
    guard let change = change(of: lane, at: cursor), change.state.isEnded else { return nil }
    switch events[change.event].fact {
    case .coroutineReturned(_, let value): return ("result", value == .empty ? "None" : text(value))
    case .coroutineRaised(_, let exception, _): return ("exception", text(exception))
    default: return nil
    }
  }
}

import Insight
import Trace

/// Draws the loop itself: the turn it is in, the handle that runs, the ready queue in order with
/// the cause of each entry, and the timers by deadline.
@discardableResult
func drawLoop(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  var lines = Lines(model.scrolls[.loop, default: 0])
  let timeline = model.timeline
  let moment = timeline.moment(at: model.cursor)
  let most = rect.rows + max(0, lines.scroll)
  let ready = timeline.readyQueue(at: model.cursor, limit: most)
  let timers = timeline.timers(at: model.cursor, limit: most)

  lines.add([("tick \(moment.tick)  step \(moment.step)", .muted)])
  if moment.handle != .none {
    lines.add([
      ("runs  ", .muted), (timeline.words(for: moment.handle), Style(.running, .bold)),
    ])
  }
  lines.add([("ready ", Style(.title)), ("\(ready.count)", Style(.number))])
  for (place, handle) in ready.handles.enumerated() {
    let entry: [Lines.Span] = [
      ("\(place + 1) ", .muted), (timeline.words(for: handle), Style(.ready)),
    ]
    let cause = timeline.cause(of: handle)
    let used = entry.reduce(0) { $0 + columns(of: $1.text) }
    if used + columns(of: cause) + 2 <= rect.columns {
      lines.add(entry + [("  \(cause)", .muted)])
    } else {
      lines.add(entry)
      lines.add("    \(cause)", .muted)
    }
  }
  lines.add([("timers ", Style(.title)), ("\(timers.count)", Style(.number))])
  for handle in timers.handles {
    let when = timeline.handle(handle)?.when ?? 0
    lines.add([
      ("\(timeText(when)) ", Style(.sleeping)), (timeline.wordsOfTimer(handle), .plain),
    ])
  }
  lines.addResources(of: model, atMost: most)
  return lines.draw(in: rect, on: &frame)
}

extension Lines {
  /// Locks, queues and the like, how much of each is in use, and how many stand in line.
  fileprivate mutating func addResources(of model: Model, atMost most: Int) {
    let timeline = model.timeline
    let count = timeline.resourceCount(at: model.cursor)
    guard count > 0 else { return }
    add([("locks and queues ", Style(.title)), ("\(count)", Style(.number))])
    for resource in timeline.resources(at: model.cursor, limit: most) {
      let state = timeline.state(of: resource.id, at: model.cursor)
      let use = state.map { timeline.phrase($0, of: resource) } ?? "unknown"
      let waiting = timeline.waiters(for: resource.id, at: model.cursor).count
      add([
        ("\(plain(timeline.label(of: resource.id)))  ", .plain), (plain(use), .muted),
        (waiting > 0 ? "  \(waiting) waiting" : "", Style(.waiting)),
      ])
    }
  }
}

extension Timeline {
  fileprivate func words(for id: HandleID) -> String {
    guard let handle = handle(id) else { return "handle \(id.rawValue)" }
    let phrase = phrase(handle)
    return phrase.hasPrefix("the ") ? String(phrase.dropFirst(4)) : phrase
  }

  /// What a timer is for: it stands below its deadline, so `main()'s sleep` says that it is over then.
  fileprivate func wordsOfTimer(_ id: HandleID) -> String {
    let words = words(for: id)
    let end = "end of "
    return handle(id)?.callback.kind == .setResult && words.hasPrefix(end)
      ? String(words.dropFirst(end.count)) : words
  }

  /// Why a handle is in the ready queue, in a few words.
  fileprivate func cause(of id: HandleID) -> String {
    guard let handle = handle(id) else { return "" }
    switch handle.cause.kind {
    case .taskCreated: return "← task created"
    case .yielded: return "← yielded"
    case .futureResolved: return "← \(label(of: handle.cause.future)) is done"
    case .callSoon: return "← call_soon"
    case .external: return "← from outside"
    case .timer: return "← timer"
    }
  }
}

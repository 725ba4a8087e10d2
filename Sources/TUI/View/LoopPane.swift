import Insight
import Trace

/// Draws the loop itself: the turn it is in, the handle that runs, the ready queue in order with
/// the cause of each entry, the timers by deadline, and the locks, queues and the like. Where there is
/// no room for all of them, each has its share until the pane is scrolled.
@discardableResult
func drawLoop(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  var lines = Lines(model.scrolls[.loop, default: 0])
  let timeline = model.timeline
  guard !timeline.tellsNoSteps else {
    let text = "The recording tells of tasks alone: of no step, ready queue, timer or lock."
    lines.add(wrapped: text, columns: rect.columns, .muted)
    return lines.draw(in: rect, on: &frame)
  }
  let moment = timeline.moment(at: model.cursor)
  let most = rect.rows + max(0, lines.scroll)

  lines.add([("tick \(moment.tick)  step \(moment.step)", .muted)])
  if moment.handle != .none {
    lines.add([
      ("runs  ", .muted), (timeline.words(for: moment.handle), Style(.running, .bold)),
    ])
  }
  var sections = [
    model.readyQueue(atMost: most, columns: rect.columns), model.timers(atMost: most),
    model.resources(atMost: most, columns: rect.columns),
  ]
  if lines.scroll == 0, sections.reduce(lines.count, { $0 + $1.count }) > rect.rows {
    // Where rows are short, one for each says more than two for some.
    sections[2] = model.resources(atMost: most, columns: .max)
  }
  let shares =
    lines.scroll == 0
    ? shares(of: sections.map(\.count), in: rect.rows - lines.count) : sections.map(\.count)
  for (section, share) in zip(sections, shares) {
    for line in section.prefix(share) { lines.add(line) }
  }
  return lines.draw(in: rect, on: &frame)
}

/// Room for several lists: none gets more than it needs, and none less than another that it could use.
private func shares(of needs: [Int], in rows: Int) -> [Int] {
  var shares = needs.map { _ in 0 }
  for _ in 0..<max(0, rows) {
    let hungry = needs.indices.filter { shares[$0] < needs[$0] }
    guard let next = hungry.min(by: { shares[$0] < shares[$1] }) else { break }
    shares[next] += 1
  }
  return shares
}

extension [Lines.Span] {
  /// An entry and what is said of it, below where there is no room beside it.
  fileprivate func with(_ more: String, columns limit: Int) -> [[Lines.Span]] {
    let used = reduce(0) { $0 + columns(of: $1.text) }
    return used + columns(of: more) <= limit
      ? [self + [(more, .muted)]] : [self, [("    \(more)", .muted)]]
  }
}

extension Model {
  fileprivate func readyQueue(atMost most: Int, columns limit: Int) -> [[Lines.Span]] {
    let ready = timeline.readyQueue(at: cursor, limit: most)
    var lines: [[Lines.Span]] = [[("ready ", Style(.title)), ("\(ready.count)", Style(.number))]]
    for (place, handle) in ready.handles.enumerated() {
      let entry: [Lines.Span] = [
        ("\(place + 1) ", .muted), (timeline.words(for: handle) + "  ", Style(.ready)),
      ]
      lines += entry.with(timeline.cause(of: handle), columns: limit)
    }
    return lines
  }

  fileprivate func timers(atMost most: Int) -> [[Lines.Span]] {
    let timers = timeline.timers(at: cursor, limit: most)
    return [[("timers ", Style(.title)), ("\(timers.count)", Style(.number))]]
      + timers.handles.map { handle in
        let when = timeline.handle(handle)?.when ?? 0
        return [
          ("\(timeText(when)) ", Style(.sleeping)), (timeline.wordsOfTimer(handle), .plain),
        ]
      }
  }

  /// How much of each lock, queue and the like is in use, and how many stand in line. Where there are
  /// too many, those come first that are in use.
  fileprivate func resources(atMost most: Int, columns limit: Int) -> [[Lines.Span]] {
    let count = timeline.resourceCount(at: cursor)
    guard count > 0 else { return [] }
    var shown = timeline.resources(at: cursor, limit: count > most ? Self.mostResources : most)
    if count > most {
      let used = Dictionary(grouping: shown, by: isInUse)
      shown = Array((used[true, default: []] + used[false, default: []]).prefix(most))
    }
    return [[("locks and queues ", Style(.title)), ("\(count)", Style(.number))]]
      + shown.flatMap { resource in
        let use = timeline.use(of: resource, at: cursor) ?? "unknown"
        let waiting = timeline.waiters(for: resource.id, at: cursor).count
        let entry: [Lines.Span] = [
          ("\(plain(timeline.label(of: resource.id)))  ", .plain),
          (waiting > 0 ? "\(waiting) waiting  " : "", Style(.waiting)),
        ]
        return entry.with(plain(use), columns: limit)
      }
  }

  /// Among how many those in use are looked for.
  private static let mostResources = 400

  /// Whether somebody stands in line for it, or has it.
  private func isInUse(_ resource: Resource) -> Bool {
    if !timeline.waiters(for: resource.id, at: cursor).isEmpty { return true }
    return resource.kind != .event && timeline.state(of: resource.id, at: cursor)?.level ?? 0 > 0
  }
}

import Insight
import TUI
import Trace

/// The whole run as plain text, for a pipe or a file: a row and a bar for each lane, then what the
/// program printed.
///
/// - Parameter showsOutput: whether what the program printed follows; it may stand elsewhere.
func plainTimeline(
  _ timeline: Timeline, header: RunHeader, showsOutput: Bool = true
) -> String {
  let columns = 100
  let mostLanes = 500
  let lanes = min(mostLanes, timeline.laneCount)
  var model = Model(
    size: Size(columns: columns, rows: max(4, lanes + 3)), header: header, isLive: false,
    panes: [])
  model.load(timeline)
  model.show(timeline.events.count)
  let hasEnded = timeline.moment(at: timeline.events.count).ending != nil
  model.receive(Batch(), ended: true, ending: hasEnded ? "ended" : "not ended")
  // Not the lane that ran last: it may stand far down.
  _ = model.update(.key(Key(.character("g"))))
  model.fitAxis()
  var lines = view(of: model).lines.dropLast()
  while lines.last?.isEmpty == true { lines.removeLast() }
  var text = lines.joined(separator: "\n") + "\n"
  if timeline.laneCount > mostLanes {
    text += " … and \(timeline.laneCount - mostLanes) more lanes\n"
  }
  for standstill in model.standstills { text += "\n" + sanitised(standstill.text) + "\n" }
  guard showsOutput else { return text }
  if !timeline.outputs.isEmpty { text += "\n" }
  let printed = timeline.outputs.indices.map { timeline.text(timeline.output($0).text) }
  text += sanitised(printed.joined())
  if text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
  if let fault = timeline.fault(at: timeline.events.count) { text += sanitised(fault) + "\n" }
  return text
}

/// A text of many lines with nothing in it that could move a terminal's cursor.
private func sanitised(_ text: String) -> String {
  text.lines.map { clipped($0.overwritten, to: .max) }.joined(separator: "\n")
}

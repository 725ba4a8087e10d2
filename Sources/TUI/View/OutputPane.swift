import Trace

/// Draws what the program has printed, each line with the lane that printed it.
func drawOutput(_ model: Model, in rect: Rect, on frame: inout Frame) {
  let timeline = model.timeline
  let scroll = model.scrolls[.output, default: 0]
  let printed = timeline.printedLines(
    at: model.cursor, atLeast: rect.rows + max(0, -scroll))
  guard !printed.isEmpty else {
    frame.text(
      clipped("Nothing printed yet.", to: rect.columns), x: rect.x, y: rect.y, style: .muted)
    return
  }
  let marks = printed.map { clipped(timeline.name(of: $0.lane), to: max(4, rect.columns / 4)) }
  let widest = marks.map { columns(of: $0) }.max() ?? 0
  var lines = Lines(min(0, scroll))
  for (line, mark) in zip(printed, marks) {
    let gap = String(repeating: " ", count: widest - columns(of: mark))
    let style: Style = line.isMatch(of: model.search) ? Style(.match, .bold) : line.style
    lines.add([(mark + gap, .muted), (" │ ", .border), (line.text, style)])
  }
  lines.drawEnd(in: rect, on: &frame)
}

/// A line of output, which may have been printed in pieces.
private struct PrintedLine {
  var lane: LaneID
  var stream: Stream
  var text: String

  var style: Style { stream == .stderr ? Style(.error) : .plain }

  func isMatch(of search: String) -> Bool {
    !search.isEmpty && text.containsIgnoringCase(search)
  }
}

extension Timeline {
  /// The last lines printed up to a cursor, oldest first. Looks only as far back as it must: each
  /// piece of output adds at least a part of a line.
  fileprivate func printedLines(at cursor: Int, atLeast wanted: Int) -> [PrintedLine] {
    let count = outputs.count(at: cursor)
    var first = count
    var breaks = 0
    while first > 0, breaks <= wanted, count - first < wanted * 64 {
      first -= 1
      breaks += text(output(first).text).prefix(Self.longestShown).utf8.count { $0 == 10 }
    }
    var lines: [PrintedLine] = []
    var isOpen = false
    for place in first..<count {
      let output = output(place)
      let pieces = text(output.text).prefix(Self.longestShown)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index == 0, isOpen, let last = lines.last, last.lane == output.lane,
          last.stream == output.stream
        {
          lines[lines.count - 1].text += piece
        } else if index < pieces.count - 1 || !piece.isEmpty {
          lines.append(PrintedLine(lane: output.lane, stream: output.stream, text: String(piece)))
        }
      }
      isOpen = pieces.last?.isEmpty == false
    }
    return lines
  }

  /// The most characters of one piece of output that are looked at: more than any screen holds.
  private static var longestShown: Int { 20_000 }
}

import Trace

/// Draws what the program has printed, each line with the lane that printed it and as it was written over
/// last. A line that is longer than the pane goes on below, without the mark of its lane.
@discardableResult
func drawOutput(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  let timeline = model.timeline
  let scroll = min(0, model.scrolls[.output, default: 0])
  let wanted = rect.rows - scroll
  let printed = timeline.printedLines(at: model.cursor, atLeast: wanted)
  guard !printed.isEmpty else {
    frame.text(
      clipped("Nothing printed yet.", to: rect.columns), x: rect.x, y: rect.y, style: .muted)
    return 0
  }
  let marks = printed.map { timeline.label(of: $0.lane, to: max(4, rect.columns / 4)) }
  let widest = marks.map { columns(of: $0) }.max() ?? 0
  // From the last line up, as far as the pane reaches.
  var rows: [[Lines.Span]] = []
  for (line, mark) in zip(printed, marks).reversed() where rows.count < wanted {
    let style: Style = line.isMatch(of: model.search) ? Style(.match, .bold) : line.style
    let parts = broken(line.text.expandingTabs, to: rect.columns - widest - 3)
    for (place, part) in parts.enumerated().reversed() {
      let mark = place == 0 ? mark : ""
      let gap = String(repeating: " ", count: widest - columns(of: mark))
      rows.append([(mark + gap, .muted), (" │ ", .border), (part, style)])
    }
  }
  var lines = Lines(scroll)
  for row in rows.reversed() { lines.add(row) }
  return lines.drawEnd(in: rect, on: &frame)
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
  /// piece of output adds at least a part of a line. O(length of the output looked at).
  fileprivate func printedLines(at cursor: Int, atLeast wanted: Int) -> [PrintedLine] {
    let count = outputs.count(at: cursor)
    var first = count
    var breaks = 0
    while first > 0, breaks <= wanted, count - first < wanted * 64 {
      first -= 1
      breaks += text(output(first).text).utf8.count { $0 == lineFeed }
    }
    var lines: [PrintedLine] = []
    var isOpen = false
    for place in first..<count {
      let output = output(place)
      let text = text(output.text)
      for (index, piece) in lastLines(of: text, limit: wanted + 1).enumerated() {
        if index == 0, isOpen, let last = lines.last, last.lane == output.lane,
          last.stream == output.stream
        {
          lines[lines.count - 1].text += shown(piece)
        } else {
          lines.append(
            PrintedLine(lane: output.lane, stream: output.stream, text: shown(piece)))
        }
      }
      isOpen = text.utf8.last != lineFeed
    }
    for index in lines.indices { lines[index].text = lines[index].text.overwritten }
    return lines
  }
}

private let lineFeed = UInt8(ascii: "\n")

/// The most bytes of one piece of a line that are shown: some screens full.
private let longestShown = 20_000

/// A piece of a line, cut where it is longer than anybody reads.
private func shown(_ piece: Substring) -> String {
  guard piece.utf8.count > longestShown else { return String(piece) }
  var end = piece.utf8.index(piece.startIndex, offsetBy: longestShown)
  while piece.utf8[end] & 0xC0 == 0x80 { end = piece.utf8.index(before: end) }
  return piece[..<end] + "…"
}

/// The last lines of a text without their ends, of either kind; what follows the last line end is a
/// line if it is not empty.
private func lastLines(of text: String, limit: Int) -> [Substring] {
  var lines: [Substring] = []
  let bytes = text.utf8
  var isEnded = bytes.last == lineFeed
  var end = isEnded ? bytes.index(before: bytes.endIndex) : bytes.endIndex
  while lines.count < limit {
    let feed = bytes[..<end].lastIndex(of: lineFeed)
    let line = text[(feed.map { bytes.index(after: $0) } ?? bytes.startIndex)..<end]
    let hasReturn = isEnded && line.utf8.last == UInt8(ascii: "\r")
    lines.append(hasReturn ? line[..<bytes.index(before: end)] : line)
    guard let feed else { break }
    end = feed
    isEnded = true
  }
  return lines.reversed()
}

import Insight
import TUI
import Trace

extension PageData {
  /// What was printed, in pieces of lines, each with whether it goes on the line of the one before.
  mutating func writeOutput(to pieces: inout TextPieces) throws {
    var events: [Int] = []
    var lanes: [Int] = []
    var texts: [Int] = []
    var streams: [Int] = []
    var joins: [Int] = []
    var last: Output?
    for place in timeline.outputs.indices {
      let output = timeline.output(place)
      let text = timeline.text(output.text)
      let goesOn = last.map { last in
        last.lane == output.lane && last.stream == output.stream
          && timeline.text(last.text).utf8.last != UInt8(ascii: "\n")
      }
      var lines = text.lines
      if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
      for (index, line) in lines.enumerated() {
        events.append(output.event)
        lanes.append(self.place(of: output.lane))
        texts.append(strings.place(of: line.expandingTabs))
        streams.append(Int(output.stream.rawValue))
        joins.append(index == 0 && goesOn == true ? 1 : 0)
      }
      last = output
    }
    try pieces.line("\"output\": {\"event\": \(differences(events)),")
    try pieces.line("\"lane\": \(column(lanes)),")
    try pieces.line("\"text\": \(column(texts)),")
    try pieces.line("\"stream\": \(letters(streams)),")
    try pieces.line("\"joins\": \(letters(joins))},")
  }

  /// The program's files, each line made plain.
  mutating func writeSources(to pieces: inout TextPieces) throws {
    try pieces.put("\"sources\": [")
    for (place, source) in timeline.sourceTexts(with: header).enumerated() {
      let text = source.text.lines.map { readable(plain($0.expandingTabs)) }
        .joined(separator: "\n")
      if place > 0 { try pieces.put(",\n") }
      try pieces.put("{\"name\": \(json(source.name)), \"text\": \(scriptJSON(text))}")
    }
    try pieces.line("],")
  }
}

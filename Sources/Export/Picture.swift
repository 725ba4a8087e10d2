import Insight
import TUI
import Trace

/// A picture of all lanes over the whole run, as SVG 1.1: what the screen's lanes pane shows, with
/// the same glyphs, words and colours, on light and on dark ground.
///
/// Each lane is a row: its name in the screen's tree, a bar, and how it ended. On the bar each state
/// has a shape of its own besides its colour. The axis is the screen's too: it goes on with time and
/// with every event, so that what happens at one instant can be told apart.
struct Picture {
  private let header: RunHeader
  private let timeline: Timeline
  private let rows: [(lane: LaneID, depth: Int)]
  private let hidden: Int
  private let bars: Bars
  private let nameWidth: Int

  /// More rows than this are no picture any more, but a page to scroll for minutes.
  private static let mostLanes = 1000
  static let rowHeight = 18
  private static let barWidth = 720
  private static let endWidth = 220
  private static let top = 52
  /// Of a character of the fixed-width font, in hundredths of a pixel.
  private static let characterWidth = 723

  init(header: RunHeader, timeline: Timeline) {
    self.header = header
    self.timeline = timeline
    let all = timeline.lanesInTree()
    rows = Array(all.prefix(Self.mostLanes))
    hidden = all.count - rows.count
    let longest =
      rows.map { columns(of: Self.name(of: $0.lane, in: timeline)) + $0.depth * 2 }.max() ?? 0
    nameWidth = (min(44, max(8, longest)) + 2) * Self.characterWidth / 100
    bars = Bars(timeline: timeline, left: nameWidth + 16, width: Self.barWidth)
  }

  func write(to pieces: inout TextPieces) throws {
    let width = nameWidth + Self.barWidth + Self.endWidth + 32
    let bottom = Self.top + rows.count * Self.rowHeight
    let height = bottom + (hidden > 0 ? 20 : 0) + 40
    try pieces.line(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">")
    let program = escaped(header.title)
    try pieces.line("<title>\(program): its coroutines over time</title>")
    try pieces.line("<style>\(Self.style)</style>")
    try pieces.line("<rect class=\"ground\" width=\"\(width)\" height=\"\(height)\"/>")
    try pieces.line(
      "<text x=\"8\" y=\"18\"><tspan class=\"title\">\(program)</tspan>"
        + "<tspan class=\"muted\" dx=\"12\">\(escaped(summary))</tspan></text>")
    try putAxis(to: &pieces, bottom: bottom)
    for (place, row) in rows.enumerated() {
      try put(row.lane, depth: row.depth, y: Self.top + place * Self.rowHeight, to: &pieces)
    }
    if hidden > 0 {
      try pieces.line(
        "<text class=\"muted\" x=\"8\" y=\"\(bottom + 14)\">… and \(hidden) more lanes</text>")
    }
    try putLegend(y: height - 14, to: &pieces)
    try pieces.line("</svg>")
  }

  /// `CPython 3.13.0, virtual clock, 1.000s, 24 steps`.
  private var summary: String {
    let time = timeText(timeline.time(at: timeline.events.count))
    let lost = timeline.moment(at: timeline.events.count).dropped
    return "\(header.runtime), \(header.clock) clock, \(time), \(timeline.stepCount) steps"
      + (lost > 0 ? ", \(lost) events lost" : "")
  }

  private func putAxis(to pieces: inout TextPieces, bottom: Int) throws {
    for label in bars.labels() {
      let x = decimal(label.x)
      try pieces.line("<path class=\"grid\" d=\"M\(x) 32V\(bottom)\"/>")
      try pieces.line(
        "<text class=\"muted small\" x=\"\(x)\" dx=\"3\" y=\"40\">\(label.text)</text>")
    }
  }

  private static func name(of lane: LaneID, in timeline: Timeline) -> String {
    plain(timeline.fullLabel(of: lane, at: timeline.events.count))
  }

  private func put(_ lane: LaneID, depth: Int, y: Int, to pieces: inout TextPieces) throws {
    let x = 8 + min(depth, 8) * 2 * Self.characterWidth / 100
    let room = (nameWidth - x) * 100 / Self.characterWidth
    let name = Self.name(of: lane, in: timeline)
    try pieces.put("<g><text x=\"\(x)\" y=\"\(y + 13)\">\(escaped(clipped(name, to: room)))</text>")
    let stretches = timeline.stretches(of: lane)
    for shape in bars.shapes(of: stretches) {
      try pieces.put(element(for: shape, of: lane, y: y))
    }
    for event in timeline.complaints(about: lane) {
      let x = decimal(bars.x(ofEvent: event))
      try pieces.put("<text class=\"warning\" x=\"\(x)\" y=\"\(y + 13)\">!</text>")
    }
    if let last = stretches.last {
      let look = LaneLook(last.state)
      if look.bar == " " {
        let end = decimal(bars.x(ofEvent: last.start) + 2)
        try pieces.put(
          "<text class=\"\(last.state)\" x=\"\(end)\" y=\"\(y + 13)\">\(look.glyph)</text>")
      }
      let words = clipped(timeline.stateWords(of: lane, at: timeline.events.count), to: 28)
      let x = nameWidth + 24 + Self.barWidth
      try pieces.put(
        "<text class=\"\(last.state)\" x=\"\(x)\" y=\"\(y + 13)\">\(look.glyph) \(escaped(words))</text>"
      )
    }
    try pieces.line("</g>")
  }

  /// A shape with what it stands for, which a browser shows under the mouse.
  private func element(for shape: Bars.Shape, of lane: LaneID, y: Int) -> String {
    let (x, width) = (decimal(shape.x), decimal(max(shape.width, 1)))
    let drawing: String
    switch shape.state {
    case .running, .ready, .sleeping:
      let height = shape.state == .sleeping ? 6 : 12
      let top = y + (Self.rowHeight - height) / 2
      drawing = "<rect x=\"\(x)\" y=\"\(top)\" width=\"\(width)\" height=\"\(height)\""
    default:
      drawing = "<path d=\"M\(x) \(y + Self.rowHeight / 2)h\(width)\""
    }
    guard let event = shape.event, shape.width >= 2 else {
      return "\(drawing) class=\"\(shape.state)\"/>"
    }
    let words = timeline.stateWords(of: lane, at: event + 1)
    let since = timeText(timeline.events[event].time)
    return "\(drawing) class=\"\(shape.state)\"><title>\(escaped(words)), from \(since)</title>"
      + (drawing.hasPrefix("<rect") ? "</rect>" : "</path>")
  }

  private func putLegend(y: Int, to pieces: inout TextPieces) throws {
    var x = 8
    for state in Self.legend {
      let shape = Bars.Shape(state: state, x: Double(x), width: 22, event: nil)
      try pieces.put(element(for: shape, of: .none, y: y - 13))
      try pieces.line("<text class=\"small\" x=\"\(x + 28)\" y=\"\(y)\">\(state.word)</text>")
      x += 44 + state.word.count * Self.characterWidth / 100
    }
  }

  private static let legend: [LaneState] = [
    .pending, .ready, .running, .awaiting, .sleeping, .waiting,
  ]

  /// Colours are those of the screen; they can be read on white and on black.
  private static let style: String = {
    let states = LaneState.allCases.map { state in
      let look = Palette.look(of: LaneLook(state).role, depth: .many)
      return ".\(state){fill:\(PageColours.hexadecimal(look.foreground))}"
        + "path.\(state){stroke:\(PageColours.hexadecimal(look.foreground))}"
    }
    let muted = PageColours.hexadecimal(Palette.look(of: .muted, depth: .many).foreground)
    let warning = PageColours.hexadecimal(Palette.look(of: .warning, depth: .many).foreground)
    return """
      text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#24292f;white-space:pre}\
      .title{font-weight:bold}.small{font-size:11px}.muted{fill:\(muted)}\
      .ground{fill:#fff}.grid{stroke:#8883;fill:none}path{stroke-width:2;fill:none}\
      @media(prefers-color-scheme:dark){.ground{fill:#0d1117}text{fill:#d0d7de}}\
      \(states.joined())rect.ready{fill-opacity:.5}path.awaiting{stroke-width:1}\
      path.waiting{stroke-dasharray:5 3}path.pending{stroke-dasharray:2 3}\
      text.warning{fill:\(warning);font-weight:bold}
      """
  }()
}

/// A text made plain, as it may stand in XML.
func escaped(_ text: String) -> String {
  var result = ""
  for character in plain(text).unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    // These two are no characters in XML.
    case "\u{FFFE}", "\u{FFFF}": result += "\\u{\(String(character.value, radix: 16))}"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// A number with one digit after the point.
func decimal(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
}

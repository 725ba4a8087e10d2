import Insight
import TUI
import Trace

/// A film of the screen as `loopscope play` shows it, from the start of the run to its end: asciicast
/// v2, which asciinema plays. Twenty pictures a second; one that shows nothing new is left out.
struct Asciicast {
  let header: RunHeader
  let timeline: Timeline
  let size: Size
  /// How fast the run is shown: 2 is twice as fast.
  let speed: Double

  /// In nanoseconds.
  private static let interval: Int64 = 50_000_000
  /// How long the last picture stays, in the same.
  private static let ending: Int64 = 2_000_000_000

  /// How long a film may be, in the same.
  private static let longest: Int64 = 3600 * 1_000_000_000

  /// - Throws: an ``ExportError`` if it would take hours to see.
  func write(to pieces: inout TextPieces) throws {
    var model = Model(size: size, header: header, isLive: false)
    model.load(timeline)
    model.play(speed: speed)
    let length = Double(timeline.time(at: timeline.events.count)) / model.player.speed
    guard length <= Double(Self.longest) else {
      let run = timeText(timeline.time(at: timeline.events.count))
      throw ExportError(
        "The film would be longer than an hour: the run takes \(run). "
          + "A higher --speed makes it shorter, up to 1024.")
    }
    let title = quotedJSON(plain("loopscope: " + header.program.joined(separator: " ")))
    try pieces.line(
      "{\"version\": 2, \"width\": \(size.columns), \"height\": \(size.rows), \"title\": \(title), "
        + "\"env\": {\"TERM\": \"xterm-256color\"}}")
    var shown: Frame?
    var time: Int64 = 0
    while true {
      let frame = view(of: model)
      let changes = TerminalText(from: shown, to: frame).text
      if !changes.isEmpty { try put(changes, at: time, to: &pieces) }
      shown = frame
      guard model.isMoving else { break }
      time += Self.interval
      _ = model.pass(nanoseconds: Self.interval)
    }
    try put("", at: time + Self.ending, to: &pieces)
  }

  private func put(_ text: String, at time: Int64, to pieces: inout TextPieces) throws {
    let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
    let hundredths = padded(rest.magnitude / 10_000_000, to: 2)
    try pieces.line("[\(seconds).\(hundredths), \"o\", \(quotedJSON(text))]")
  }
}

/// What makes one picture of another on a terminal of 256 colours.
struct TerminalText {
  private(set) var text = ""

  /// - Parameter former: what the terminal shows; nil where it is to be made ready first.
  init(from former: Frame?, to frame: Frame) {
    // The cursor is hidden, and no text at the right edge begins a new line.
    if former == nil { text = "\u{1B}[?25l\u{1B}[?7l\u{1B}[2J" }
    let former = former ?? Frame(size: frame.size)
    for y in 0..<frame.size.rows {
      guard let columns = frame.changedColumns(inRow: y, since: former) else { continue }
      put(frame, row: y, columns: columns)
    }
  }

  private mutating func put(_ frame: Frame, row y: Int, columns: Range<Int>) {
    text += "\u{1B}[\(y + 1);\(columns.lowerBound + 1)H"
    var style: Style?
    for x in columns {
      let cell = frame[x, y]
      if cell.style != style {
        style = cell.style
        text += Self.sequence(for: cell.style)
      }
      text += frame.text(of: cell)
    }
    text += "\u{1B}[m"
  }

  /// Select Graphic Rendition, ECMA-48 §8.3.117.
  private static func sequence(for style: Style) -> String {
    let look = Palette.look(of: style.role, depth: .many)
    let emphasis = look.emphasis.union(style.emphasis)
    var codes = ["0"]
    for (one, code) in [
      (Emphasis.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ] where emphasis.contains(one) {
      codes.append(code)
    }
    if look.foreground >= 0 { codes.append("38;5;\(look.foreground)") }
    if look.background >= 0 { codes.append("48;5;\(look.background)") }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}

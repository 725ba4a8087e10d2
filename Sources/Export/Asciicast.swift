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
    let title = quotedJSON(plain("loopscope: " + header.title))
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

import Insight
import TUI
import Trace

/// A row for each event, as CSV: RFC 4180, with a header and a line feed after each row.
///
/// The columns: the number by which `--at event:31` finds the event; its time in nanoseconds since
/// the start of the run; the step and the tick in which it came, 0 before the first; its kind; the
/// number and the name of the lane that it is about, or for whose code a handle or a future is, both empty
/// for none; and what it says.
struct EventTable {
  let timeline: Timeline

  func write(to pieces: inout TextPieces) throws {
    try pieces.line("event,time_ns,step,tick,kind,lane,lane_name,text")
    var steps = StepCounter(timeline)
    for index in timeline.events.indices {
      let event = timeline.events[index]
      let place = steps.place(of: index)
      let lane = timeline.subject(ofEvent: index)
      let cells = [
        "\(index + 1)", "\(event.time)", "\(place.step)", "\(place.tick)",
        FactWord(event.fact).word,
        lane.map { "\($0.rawValue)" } ?? "",
        lane.map { field(plain(timeline.label(of: $0))) } ?? "",
        field(timeline.sentence(forEvent: index)),
      ]
      try pieces.line(cells.joined(separator: ","))
    }
  }

  /// A text as a cell. One that a spreadsheet would take for a formula is marked as text by an
  /// apostrophe: it may come from anywhere.
  ///
  /// Bytes are looked at: a sign with a mark over it is another character, but not to a spreadsheet.
  private func field(_ text: String) -> String {
    let quote = UInt8(ascii: "\"")
    var bytes: [UInt8] = []
    var isQuoted = false
    if let first = text.utf8.first, "=+-@".utf8.contains(first) { bytes.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      isQuoted = isQuoted || byte == quote || byte == UInt8(ascii: ",")
      bytes.append(byte)
    }
    let field = String(decoding: bytes, as: UTF8.self)
    return isQuoted ? "\"\(field)\"" : field
  }
}

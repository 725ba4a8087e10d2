package import TUI
package import Trace

/// Turns a recorded run into what other programs read.
///
/// All text of the run is made plain first: what a program printed can steer neither a terminal nor
/// a browser.
package struct Exporter {
  let header: RunHeader
  let timeline: Timeline
  /// The size of an asciicast's screen.
  package var size = Size(columns: 100, rows: 30)
  /// How fast an asciicast shows the run: 2 is twice as fast.
  package var speed = 1.0
  /// What is wrong with the recording, each in a sentence; a page says it.
  package var notices: [String] = []

  package init(header: RunHeader, timeline: Timeline) {
    self.header = header
    self.timeline = timeline
  }

  /// Writes the run.
  ///
  /// - Throws: what `pieces` throws; an ``ExportError`` for a run that the format has no room for.
  /// - Complexity: O(events × log events).
  package func write(_ format: ExportFormat, to pieces: inout TextPieces) throws {
    switch format {
    case .chrome: try ChromeTrace(header: header, timeline: timeline).write(to: &pieces)
    case .svg: try Picture(header: header, timeline: timeline).write(to: &pieces)
    case .html:
      try Page(header: header, timeline: timeline, notices: notices).write(to: &pieces)
    case .asciicast:
      try Asciicast(header: header, timeline: timeline, size: size, speed: speed).write(to: &pieces)
    case .csv: try EventTable(timeline: timeline).write(to: &pieces)
    case .folded: try FoldedStacks(timeline: timeline).write(to: &pieces)
    }
    try pieces.flush()
  }
}

import Export
import Foundation
import Trace
import TraceSamples

/// What is made of a run in a format.
func export(
  _ timeline: Timeline, as format: ExportFormat, clock: RunHeader.Clock = .real
) throws -> String {
  let header = RunHeader(program: ["demo.py", "--fast"], clock: clock, runtime: "CPython 3.13.0")
  return try export(header, timeline, as: format)
}

func export(
  _ header: RunHeader, _ timeline: Timeline, as format: ExportFormat
) throws -> String {
  var text = ""
  var pieces = TextPieces { text += $0 }
  try Exporter(header: header, timeline: timeline).write(format, to: &pieces)
  return text
}

/// A run in which coroutines did what they liked.
func randomTimeline(seed: UInt64, events: Int = 400) -> Timeline {
  RandomRun(seed: seed, events: events).script.timeline
}

/// An example of the post as CPython 3.13 ran it.
func postRecording(of example: String) throws -> (header: RunHeader, timeline: Timeline) {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let source = try RecordingSource(
    path: root.appending(path: "demos/recordings/3.13/\(example).jsonl").path())
  return (source.header, source.wholeTimeline())
}

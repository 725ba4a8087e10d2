import ArgumentParser
import Loop
import Trace

/// A recording that has been read to its end, for the commands that only print.
struct RecordedRun {
  let header: RunHeader
  let timeline: Timeline

  /// Reads it, and says on stderr what is wrong with it.
  ///
  /// - Parameter mark: what stands before that, where several are read.
  /// - Throws: ``RecordingError`` if it cannot be read at all.
  init(path: String, mark: String = "") throws {
    let source = try RecordingSource(path: path)
    header = source.header
    timeline = source.wholeTimeline()
    for notice in source.notices { writeToStandardStreams(mark + notice + "\n", .stderr) }
  }
}

extension RecordingSource {
  /// Reads to the end.
  func wholeTimeline() -> Timeline {
    var timeline = Timeline()
    while !hasEnded { timeline.append(step()) }
    return timeline
  }
}

/// Writes lines to stdout in large pieces: a run may have millions of them.
///
/// - Throws: a ``Failure`` if they cannot be written.
func printLines(_ lines: some Sequence<String>) throws {
  var piece = ""
  for line in lines {
    piece += line
    piece += "\n"
    if piece.utf8.count >= 1 << 16 {
      try writeOut(piece)
      piece = ""
    }
  }
  try writeOut(piece)
}

/// Writes a text to stdout. A reader that has enough of it ends the program quietly.
///
/// - Throws: a ``Failure`` if it cannot be written.
func writeOut(_ text: String) throws {
  do throws(OutputFile.Failure) {
    try OutputFile.writeToStandardOutput(text)
  } catch {
    if error.isOfBrokenPipe { throw ExitCode.success }
    throw Failure("The output cannot be written: \(error.reason).")
  }
}

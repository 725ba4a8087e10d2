import Export
import Insight
import Trace

/// A recording that has been read to its end, for the commands that only print.
struct RecordedRun {
  let header: RunHeader
  let timeline: Timeline
  /// What is wrong with it, each in a sentence.
  let notices: [String]

  /// Reads it, and says on stderr what is wrong with it.
  ///
  /// - Parameter mark: what stands before that, where several are read.
  /// - Throws: ``RecordingError`` if it cannot be read at all.
  init(path: String, mark: String = "") throws {
    let source = try RecordingSource(path: path)
    header = source.header
    timeline = source.wholeTimeline()
    notices = source.notices
    for notice in notices { tell(mark + notice) }
  }

  /// Says on stderr what the recorder could not tell: that another process ran, for example.
  func tellRemarks(at cursor: Int) {
    for remark in timeline.remarks(at: cursor) { tell(plain(remark)) }
  }
}

/// Writes lines to stdout, until the reader has enough.
///
/// - Throws: a ``Failure`` if they cannot be written.
func printLines(_ lines: some Sequence<String>) throws {
  try printPieces { pieces in
    for line in lines { try pieces.line(line) }
  }
}

/// Writes a text to stdout, until the reader has enough.
///
/// - Throws: a ``Failure`` if it cannot be written, and what `put` throws.
func printPieces(_ put: (inout TextPieces) throws -> Void) throws {
  do {
    var pieces = TextPieces(handOn: OutputFile.writeToStandardOutput)
    try put(&pieces)
    try pieces.flush()
  } catch let error as OutputFile.Failure where error.isOfBrokenPipe {
    return
  } catch let error as OutputFile.Failure {
    throw Failure("The output cannot be written: \(error.reason).")
  }
}

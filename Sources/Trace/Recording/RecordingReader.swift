#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a recording from its beginning to its end, as many events at a time as its caller wants.
///
/// It takes what a hostile or broken file holds up to the first line that makes no sense, and
/// never traps. Reading costs the memory of one line and of the batch that it hands out.
public final class RecordingReader {
  /// How the recording ended.
  public enum End: Equatable, Sendable {
    case complete
    /// The line with this number breaks off: the recorder was killed, or is still at work.
    case torn(line: Int64)
    /// What begins with this line cannot be read. `why` is a clause: "an integer was expected".
    case damaged(line: Int64, why: String)
  }

  public let path: String
  public let header: RunHeader
  /// Nil as long as there may be more to read.
  public private(set) var end: End?
  /// How many lines were passed over because this version does not know what they mean.
  public private(set) var skippedCount = 0

  private var lines: LineReader
  private var decoder = LineDecoder()

  /// Opens a recording and reads its header.
  public init(path: String) throws(RecordingError) {
    self.path = path
    lines = try LineReader(path: path)
    switch lines.next() {
    case .line(var start, var count, _):
      if count >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
        start += 3
        count -= 3
      }
      guard let json = JSONValue(bytes: UnsafeBufferPointer(start: start, count: count)) else {
        throw .notARecording(path: path)
      }
      header = try RunHeader(json, path: path)
    case .tooLong:
      throw .notARecording(path: path)
    case .end:
      switch lines.end {
      case .unreadable(let code): throw .cannotRead(path: path, code: code)
      case .complete: throw .empty(path: path)
      case .truncated, .corrupt, .bomb: throw .notARecording(path: path)
      }
    }
  }

  /// How many events said that they were earlier than the one before them, and were moved there.
  package var backwardCount: Int { decoder.backwardCount }

  /// Reads what comes next.
  ///
  /// - Parameter maxEvents: the greatest number of events, and of texts, to hand out; some more
  ///   where a single line tells several.
  /// - Returns: nil at the end, and ``end`` tells which. O(what is handed out).
  public func next(maxEvents: Int) -> Batch? {
    guard end == nil else { return nil }
    var batch = Batch()
    batch.events.reserveCapacity(min(maxEvents, 1 << 16))
    end = Self.read(&lines, &decoder, into: &batch, max(maxEvents, 1), &skippedCount)
    return batch.isEmpty ? nil : batch
  }

  // A function of its own, and all state as arguments: so exclusivity is checked once a batch.
  private static func read(
    _ lines: inout LineReader, _ decoder: inout LineDecoder, into batch: inout Batch,
    _ greatest: Int, _ skippedCount: inout Int
  ) -> End? {
    while batch.events.count < greatest, batch.texts.count < greatest {
      switch lines.next() {
      case .line(let start, let count, let isTerminated):
        switch decoder.decode(start, count: count) {
        case .event(let event):
          batch.events.append(event)
        case .events:
          batch.events += decoder.expansion
        case .text(let text):
          for _ in 0..<decoder.missingTexts { batch.texts.append("") }
          batch.texts.append(text)
        case .skipped:
          skippedCount += 1
        case .blank, .held, .bytes:
          break
        case .malformed(let why):
          return isTerminated
            ? .damaged(line: decoder.line, why: why.description)
            : tear(lines.end, line: decoder.line)
        }
      case .tooLong:
        let limit = RecordingFormat.longestLine >> 20
        return .damaged(line: decoder.line + 1, why: "it is longer than \(limit) MiB")
      case .end:
        return lines.end == .complete ? .complete : tear(lines.end, line: decoder.line + 1)
      }
    }
    return nil
  }

  private static func tear(_ end: InputFile.End, line: Int64) -> End {
    switch end {
    case .complete, .truncated:
      .torn(line: line)
    case .corrupt:
      .damaged(line: line, why: "the compressed data is corrupt there")
    case .bomb:
      .damaged(line: line, why: "the compressed data expands beyond all measure there")
    case .unreadable(let code):
      .damaged(line: line, why: "reading failed there: \(String(cString: strerror(code)))")
    }
  }
}

extension RecordingReader {
  /// What a user should know about how the reading went, each in a sentence.
  public var notices: [String] {
    var notices: [String] = []
    switch end {
    case .torn(let line):
      notices.append(
        "The recording breaks off in line \(line); all before it was read. "
          + "The recorder was killed or is still at work.")
    case .damaged(let line, let why):
      notices.append(
        "The recording is damaged in line \(line): \(why). All before it was read.")
    case .complete, nil:
      break
    }
    if skippedCount > 0 {
      notices.append(
        "\(skippedCount) \(skippedCount == 1 ? "line was" : "lines were") passed over, since this "
          + "loopscope does not know what they mean. A newer one may.")
    }
    if backwardCount > 0 {
      notices.append(
        "\(backwardCount) \(backwardCount == 1 ? "event goes" : "events go") back in time: the "
          + "recorder's clock did. They are shown at the moment before.")
    }
    return notices
  }
}

extension RecordingReader {
  /// Whether there is a recording by a name: an ordinary file whose header can be read.
  package static func isRecording(_ path: String) -> Bool {
    OutputFile.isFileWithText(path) && (try? RecordingReader(path: path)) != nil
  }
}

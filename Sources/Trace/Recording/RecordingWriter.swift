#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a run to a file while it happens.
///
/// The file is `FILE.part` until ``finish()`` gives it its name, and can be played at any moment:
/// whole lines leave with every batch. A recording whose name ends in `.gz` is compressed; there
/// the lines leave in blocks, and at ``flush()``.
///
/// After an error nothing more is written, and every further call throws the same error.
public final class RecordingWriter {
  public let path: String
  /// How many events were written.
  public private(set) var eventCount = 0

  private let file: OutputFile
  private let deflater: Deflater?
  private var encoder = LineEncoder()
  private var unsynced = 0
  private var failure: RecordingError?
  private var isFinished = false

  /// How many bytes of lines a killed process may lose of a compressed recording.
  private static var syncInterval: Int { 64 << 10 }

  /// Creates the file and writes the header.
  public init(path: String, header: RunHeader) throws(RecordingError) {
    self.path = path
    try Self.spareOtherFiles(path)
    do throws(OutputFile.Failure) {
      file = try OutputFile(path: path)
    } catch {
      throw .cannotCreate(path: path, code: error.code)
    }
    deflater = path.hasSuffix(".gz") ? Deflater() : nil
    if path.hasSuffix(".gz"), deflater == nil { throw .cannotCreate(path: path, code: ENOMEM) }
    header.put(in: &encoder.buffer)
    guard encoder.buffer.count <= RecordingFormat.longestLine else {
      file.discard()
      throw .headerTooLong(path: path)
    }
    do throws(RecordingError) {
      try send(.sync)
    } catch {
      file.discard()
      guard case .cannotWrite(_, let code, _) = error else { throw error }
      throw .cannotCreate(path: path, code: code)
    }
  }

  /// Sees whether a recording can be created, for another program that is to write it.
  package static func check(path: String) throws(RecordingError) {
    try spareOtherFiles(path)
    do throws(OutputFile.Failure) {
      try OutputFile.check(path: path)
    } catch {
      throw .cannotCreate(path: path, code: error.code)
    }
  }

  /// A recording replaces an earlier one, but not the script that somebody named by mistake.
  private static func spareOtherFiles(_ path: String) throws(RecordingError) {
    guard OutputFile.isFileWithText(path) else { return }
    do throws(RecordingError) {
      _ = try RecordingReader(path: path)
    } catch {
      switch error {
      case .notARecording, .cannotRead: throw .wouldReplace(path: path)
      default: return
      }
    }
  }

  deinit {
    if !isFinished { try? flush() }
  }

  /// Writes what the run has added.
  public func append(_ batch: Batch) throws(RecordingError) {
    try check()
    encoder.add(batch.texts)
    var rest = batch.events[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(encoder.encode(rest))
      try send(unsynced >= Self.syncInterval ? .sync : .none)
    }
    eventCount += batch.events.count
  }

  /// Hands everything to the system, so that a killed process loses nothing of it.
  ///
  /// Only a compressed recording needs it, when the run falls idle.
  public func flush() throws(RecordingError) {
    try check()
    if deflater != nil, unsynced > 0 { try send(.sync) }
  }

  /// Ends the recording and gives the file its name.
  public func finish() throws(RecordingError) {
    try check()
    encoder.encodeWaitingTexts()
    try send(.finish)
    isFinished = true
    do throws(OutputFile.Failure) {
      try file.finish()
    } catch {
      throw fail(error)
    }
  }

  /// Takes the file away: what it is for does not happen.
  package func discard() {
    isFinished = true
    file.discard()
  }

  private func send(_ flush: Deflater.Flush) throws(RecordingError) {
    do throws(OutputFile.Failure) {
      if let deflater {
        try deflater.deflate(encoder.buffer.bytes, flush, to: file)
      } else {
        try file.write(encoder.buffer.bytes)
      }
    } catch {
      throw fail(error)
    }
    unsynced = flush == .none ? unsynced + encoder.buffer.count : 0
    encoder.buffer.removeAll()
  }

  private func check() throws(RecordingError) {
    if let failure { throw failure }
  }

  private func fail(_ cause: OutputFile.Failure) -> RecordingError {
    let error = RecordingError.cannotWrite(path: path, code: cause.code, kept: file.writtenPath)
    failure = error
    return error
  }
}

extension RecordingWriter {
  /// Writes a complete run at once.
  public static func write(
    header: RunHeader, texts: [String], events: [Event], to path: String
  ) throws(RecordingError) {
    let writer = try RecordingWriter(path: path, header: header)
    try writer.append(Batch(texts: texts, events: events))
    try writer.finish()
  }
}

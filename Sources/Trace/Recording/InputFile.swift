#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A recording's bytes, expanded if they are compressed. What they begin with tells, not the name.
final class InputFile {
  /// How the bytes came to their end.
  enum End: Equatable {
    case complete
    /// The compressed stream breaks off: its writer was killed or still writes.
    case truncated
    /// The compressed stream is not one from here on.
    case corrupt
    /// It expands beyond all measure.
    case bomb
    /// An `errno`.
    case unreadable(Int32)
  }

  private let descriptor: Int32
  private var inflater: Inflater?
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  private var unread = 0..<0
  private var compressedCount = 0
  private var expandedCount = 0
  private(set) var end: End?

  init(path: String) throws(RecordingError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT {
      let hasPart = RecordingReader.isRecording(path + ".part")
      throw hasPart ? .unfinished(path: path) : .notFound(path: path)
    }
    if descriptor < 0 { throw .cannotRead(path: path, code: errno) }
    while unread.count < 2 {
      let count = systemRead(
        descriptor, UnsafeMutableRawBufferPointer(rebasing: chunk[unread.count...]))
      if count < 0, errno == EISDIR { throw .isDirectory(path: path) }
      if count < 0 { throw .cannotRead(path: path, code: errno) }
      if count == 0 { return }
      unread = 0..<unread.count + count
    }
    if chunk[0] == 0x1F, chunk[1] == 0x8B { inflater = Inflater() }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    chunk.deallocate()
  }

  /// Reads what comes next.
  ///
  /// - Returns: how many bytes; 0 at the end, and ``end`` tells which.
  func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard end == nil else { return 0 }
    if let inflater { return readCompressed(inflater, into: room) }
    return readPlain(into: room)
  }

  private func readPlain(into room: UnsafeMutableRawBufferPointer) -> Int {
    if unread.isEmpty { return readFile(into: room) }
    let count = min(unread.count, room.count)
    room.copyMemory(
      from: UnsafeRawBufferPointer(rebasing: chunk[unread.lowerBound..<unread.lowerBound + count]))
    unread = unread.lowerBound + count..<unread.upperBound
    return count
  }

  private func readCompressed(
    _ inflater: Inflater, into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    while true {
      if unread.isEmpty {
        let count = readFile(into: chunk)
        guard count > 0 else {
          if end == .complete, !inflater.isBetweenMembers { end = .truncated }
          return 0
        }
        unread = 0..<count
      }
      let (used, made, isValid) = inflater.inflate(
        UnsafeRawBufferPointer(rebasing: chunk[unread]), into: room)
      unread = unread.lowerBound + used..<unread.upperBound
      compressedCount += used
      expandedCount += made
      if !isValid { end = .corrupt }
      if expandedCount > RecordingFormat.alwaysExpanded,
        expandedCount / RecordingFormat.greatestExpansion > compressedCount
      {
        end = .bomb
        return 0
      }
      if made > 0 || !isValid { return made }
    }
  }

  private func readFile(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = systemRead(descriptor, room)
    if count == 0 { end = .complete }
    if count < 0 { end = .unreadable(errno) }
    return max(count, 0)
  }
}

/// - Returns: how many bytes were read; 0 at the end of the file, less after an error.
private func systemRead(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = read(descriptor, room.baseAddress, room.count)
    if count >= 0 || errno != EINTR { return count }
  }
}

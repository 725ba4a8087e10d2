#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cuts a recording's bytes into lines. It holds one chunk or one line in memory, not the file.
struct LineReader: ~Copyable {
  enum Next {
    /// A line without its end; the bytes stay until the next call.
    case line(UnsafePointer<UInt8>, count: Int, isTerminated: Bool)
    case end
    case tooLong
  }

  private var file: InputFile
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var unread = 0..<0
  /// Up to where no line's end was found.
  private var searched = 0

  private static var chunkSize: Int { 256 << 10 }

  init(path: String) throws(RecordingError) {
    file = try InputFile(path: path)
    capacity = Self.chunkSize
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// How the bytes came to their end, once ``next()`` has returned `.end`.
  var end: InputFile.End { file.end ?? .complete }

  @inline(__always) mutating func next() -> Next {
    while true {
      let first = start + unread.lowerBound
      if let newline = firstNewline(from: searched, to: unread.upperBound) {
        unread = newline + 1..<unread.upperBound
        searched = newline + 1
        return .line(first, count: start + newline - first, isTerminated: true)
      }
      searched = unread.upperBound
      if unread.count > RecordingFormat.longestLine { return .tooLong }
      if !refill() {
        guard !unread.isEmpty else { return .end }
        let last = start + unread.lowerBound
        let count = unread.count
        unread = unread.upperBound..<unread.upperBound
        return .line(last, count: count, isTerminated: false)
      }
    }
  }

  @inline(__always) private func firstNewline(from first: Int, to end: Int) -> Int? {
    guard first < end, let found = memchr(start + first, 0x0A, end - first) else { return nil }
    return UnsafeRawPointer(start).distance(to: found)
  }

  /// Reads more, behind what is unread.
  private mutating func refill() -> Bool {
    if unread.lowerBound > 0 {
      start.update(from: start + unread.lowerBound, count: unread.count)
      unread = 0..<unread.count
      searched = unread.upperBound
    }
    if unread.count == capacity { grow() }
    let count = file.read(
      into: UnsafeMutableRawBufferPointer(
        start: start + unread.count, count: capacity - unread.count))
    unread = 0..<unread.count + count
    return count > 0
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: start, count: unread.count)
    start.deallocate()
    start = larger
    capacity *= 2
  }
}

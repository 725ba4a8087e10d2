/// Tells what reached a stream of the program past the recorder: written by C code, by
/// subprocesses, by `os.write`.
///
/// The recorder tells what the program has written by `sys.stdout` and `sys.stderr`, and the same
/// bytes arrive in the pipe, later or earlier. Taken line by line, what is in both is dropped and
/// the rest is what only the pipe knows.
struct OutputSieve {
  /// Told by the recorder and not seen in the pipe yet.
  private var told = ByteQueue()
  /// Seen in the pipe and not told by the recorder yet.
  private var seen = ByteQueue()
  /// When the oldest byte of `seen` came.
  private var seenSince: UInt64 = 0

  /// How long bytes wait for the recorder to tell of them, in nanoseconds: it is that much late at
  /// most, unless the program keeps the processor for longer.
  static let grace: UInt64 = 150_000_000
  /// A program that has given its stream to something else may never send what it told.
  private static let mostTold = 4 << 20
  /// How far ahead a line is looked for in what was told: more than any program buffers.
  private static let lookahead = 256 << 10
  private static let longestLine = 64 << 10

  /// When ``drain(at:isLast:)`` will have something even if nothing more comes.
  var deadline: UInt64? { seen.isEmpty ? nil : seenSince + Self.grace }

  /// The recorder told that the program wrote this.
  mutating func tell(_ text: String) {
    told.append(text.utf8)
    if told.count > Self.mostTold { told.drop(told.count - Self.mostTold) }
  }

  /// These bytes came through the pipe.
  ///
  /// - Parameter time: now, of the system's steady clock.
  mutating func see(_ bytes: some Collection<UInt8>, at time: UInt64) {
    if seen.isEmpty { seenSince = time }
    seen.append(bytes)
  }

  /// Hands out what the recorder does not tell.
  ///
  /// - Parameter isLast: whether nothing more will come on either way.
  mutating func drain(at time: UInt64, isLast: Bool = false) -> [String] {
    var raw: [UInt8] = []
    while !seen.isEmpty {
      let isDue = isLast || time >= seenSince + Self.grace || seen.count > Self.longestLine
      guard let line = nextLine(isDue: isDue) else { break }
      if told.starts(with: line) {
        told.drop(line.count)
      } else if line.count > 1, let place = told.firstPlace(of: line, in: Self.lookahead) {
        // What stands before it went elsewhere.
        told.drop(place + line.count)
      } else if let first = told.firstLine, let place = line.firstPlace(of: first), place > 0 {
        raw += line[..<(line.startIndex + place)]
        seen.drop(place)
        continue
      } else if isDue {
        raw += line
      } else {
        break
      }
      seen.drop(line.count)
      seenSince = max(seenSince, isDue ? 0 : time)
    }
    return raw.isEmpty ? [] : [String(decoding: raw, as: UTF8.self)]
  }

  /// A whole line, or all there is if no more is to be waited for.
  private func nextLine(isDue: Bool) -> ArraySlice<UInt8>? {
    if let end = seen.firstPlace(of: [10]) { return seen.prefix(end + 1) }
    return isDue ? seen.prefix(seen.count) : nil
  }
}

/// Bytes that come at one end and go at the other.
struct ByteQueue {
  private var bytes: [UInt8] = []
  private var head = 0

  var count: Int { bytes.count - head }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ more: some Collection<UInt8>) { bytes += more }

  /// O(1) on average.
  mutating func drop(_ number: Int) {
    head += number
    if head > bytes.count / 2 {
      bytes.removeFirst(head)
      head = 0
    }
  }

  func prefix(_ number: Int) -> ArraySlice<UInt8> { bytes[head..<(head + number)] }

  func starts(with other: ArraySlice<UInt8>) -> Bool { bytes[head...].starts(with: other) }

  /// How many bytes stand before another run of bytes, if it is among the first so many.
  func firstPlace(of other: ArraySlice<UInt8>, in number: Int = .max) -> Int? {
    prefix(min(number, count)).firstPlace(of: other)
  }

  /// The first line with its end, if it has come.
  var firstLine: ArraySlice<UInt8>? { firstPlace(of: [10]).map { prefix($0 + 1) } }
}

extension ArraySlice<UInt8> {
  /// How many bytes stand before another run of bytes. O(count × other's count) at worst.
  func firstPlace(of other: ArraySlice<UInt8>) -> Int? {
    guard let first = other.first, other.count <= count else { return nil }
    var place = startIndex
    while let next = self[place...].firstIndex(of: first), endIndex - next >= other.count {
      if self[next...].starts(with: other) { return next - startIndex }
      place = next + 1
    }
    return nil
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  /// When the first line of `seen` became whole, or grew last.
  private var grew: UInt64 = 0
  /// When the oldest byte of `seen` came.
  private var began: UInt64 = 0

  /// How long a line waits for the recorder to tell of it, in nanoseconds: it is that much late at
  /// most, unless the program keeps the processor for longer.
  static let grace: UInt64 = 150_000_000
  /// How long a line without an end that keeps growing, as a progress bar does, waits at most.
  static let patience: UInt64 = 1_000_000_000
  /// A program that has given its stream to something else may never send what it told. Anything else
  /// that is printed at once is told whole before it comes.
  private static let mostTold = 64 << 20
  /// What comes before it is told stands in buffers of the recorder, which are smaller.
  private static let mostSeen = 4 << 20
  /// How far ahead a line is looked for in what was told: more than any program buffers.
  private static let lookahead = 256 << 10

  /// When ``drain(at:isLast:)`` will have something even if nothing more comes.
  var deadline: UInt64? {
    guard !seen.isEmpty else { return nil }
    return seen.lineLength() == nil
      ? min(grew + Self.grace, began + Self.patience) : grew + Self.grace
  }

  /// The recorder told that the program wrote this.
  mutating func tell(_ bytes: [UInt8]) {
    told.append(bytes)
    if told.count > Self.mostTold { told.drop(told.count - Self.mostTold) }
  }

  /// These bytes came through the pipe.
  ///
  /// - Parameter time: now, of the system's steady clock.
  mutating func see(_ bytes: some Collection<UInt8>, at time: UInt64) {
    if seen.isEmpty { began = time }
    if seen.lineLength() == nil { grew = time }
    seen.append(bytes)
  }

  /// Keeps the newest of what came and is not asked for.
  mutating func forgetOldest() {
    if seen.count > Self.mostSeen { seen.drop(seen.count - Self.mostSeen) }
  }

  /// Hands out what the recorder does not tell. Takes time linear in what came, and for each line that was not
  /// told ``lookahead`` at most.
  ///
  /// - Parameter isLast: whether the recorder has told all that can be in what came.
  mutating func drain(at time: UInt64, isLast: Bool = false) -> [String] {
    var raw: [UInt8] = []
    while let deadline {
      let isDue = isLast || time >= deadline || seen.count > Self.mostSeen
      let length = seen.lineLength()
      if length == nil, !isDue { break }
      let line = seen.prefix(length ?? seen.count)
      if let place = told.place(of: line, in: line.count > 1 ? Self.lookahead : 1) {
        // What stands before it went elsewhere.
        told.drop(place + line.count)
      } else if let first = told.firstLine, line.count > first.count, line.ends(with: first) {
        raw += line.dropLast(first.count)
        seen.drop(line.count - first.count)
        continue
      } else if isDue, !isLast, !told.isEmpty, told.lineLength() == nil,
        line.begins(with: told.prefix(told.count))
      {
        // Of this line the rest is to be told yet.
        seen.drop(told.count)
        told.drop(told.count)
        grew = time
        began = time
        continue
      } else if isDue {
        raw += line
      } else {
        break
      }
      seen.drop(line.count)
      if !isDue { grew = max(grew, time) }
      began = grew
    }
    return raw.isEmpty ? [] : [String(decoding: raw, as: UTF8.self)]
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

  /// How long the line is that begins after so many bytes, its end included; nil while its end has
  /// not come.
  func lineLength(from place: Int = 0) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress.map({ $0 + head + place }) else { return nil }
      return memchr(start, 10, count - place).map { UnsafeRawPointer($0) - start + 1 }
    }
  }

  /// How many bytes stand before a line, which is the end of one of these lines, or if it has no end
  /// itself, the beginning of one.
  ///
  /// - Parameter limit: no line is looked at that begins after so many bytes.
  func place(of line: ArraySlice<UInt8>, in limit: Int) -> Int? {
    let isWhole = line.last == 10
    var place = 0
    while place < min(limit, count) {
      let length = lineLength(from: place)
      let found = bytes[(head + place)..<(head + place + (length ?? count - place))]
      if isWhole ? length != nil && found.ends(with: line) : found.begins(with: line) {
        return place + (isWhole ? found.count - line.count : 0)
      }
      place += found.count
    }
    return nil
  }

  /// The first line with its end, if it has come.
  var firstLine: ArraySlice<UInt8>? { lineLength().map(prefix) }
}

extension ArraySlice<UInt8> {
  fileprivate func begins(with other: Self) -> Bool {
    count >= other.count && prefix(other.count).isSame(as: other)
  }

  fileprivate func ends(with other: Self) -> Bool {
    count >= other.count && suffix(other.count).isSame(as: other)
  }

  private func isSame(as other: Self) -> Bool {
    withUnsafeBytes { one in
      other.withUnsafeBytes { two in
        guard let one = one.baseAddress, let two = two.baseAddress else { return true }
        return memcmp(one, two, other.count) == 0
      }
    }
  }
}

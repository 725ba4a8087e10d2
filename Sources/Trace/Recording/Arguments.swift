/// The arguments of one line, read from left to right.
///
/// What is wrong is kept in ``problem`` and the reading goes on with zeros, so that each kind's
/// arguments can be read in one expression.
struct Arguments {
  private var cursor: LineCursor
  private let greatestIdentity: Int64

  private(set) var problem: StaticString?
  private(set) var hasUnknownWord = false

  @inline(__always) init(cursor: LineCursor, greatestIdentity: Int64) {
    self.cursor = cursor
    self.greatestIdentity = greatestIdentity
  }

  /// Moves to the next argument.
  ///
  /// - Returns: false if there is none, or if it is `null`, which means the same.
  @inline(__always) private mutating func next() -> Bool {
    cursor.skipSpace()
    guard cursor.take(byte: UInt8(ascii: ",")) else { return false }
    cursor.skipSpace()
    return cursor.peek() != UInt8(ascii: "n") || !cursor.take("null")
  }

  @inline(__always) mutating func fail(_ words: StaticString) {
    if problem == nil { problem = words }
  }

  @inline(__always) private mutating func bounded(_ greatest: Int64) -> UInt32 {
    guard let number = cursor.integer() else {
      fail("an integer was expected")
      return 0
    }
    guard number >= 0, number <= greatest else {
      fail("a number is out of range")
      return 0
    }
    return UInt32(truncatingIfNeeded: number)
  }

  // MARK: Arguments that must be there

  @inline(__always) mutating func integer() -> Int64 {
    if next(), let number = cursor.integer() { return number }
    fail("an integer was expected")
    return 0
  }

  @inline(__always) mutating func identity() -> UInt32 {
    if let identity = optionalIdentity() { return identity }
    fail("an identity is missing")
    return 0
  }

  @inline(__always) mutating func number(upTo greatest: Int64 = Int64(UInt32.max)) -> UInt32 {
    if next() { return bounded(greatest) }
    fail("a number is missing")
    return 0
  }

  /// Reads a word. With one that this reader does not know, the line cannot be understood.
  @inline(__always) mutating func word<W: Word>(_: W.Type, or fallback: W) -> W {
    guard next() else {
      fail("a word is missing")
      return fallback
    }
    if let word = knownWord(W.self) { return word }
    hasUnknownWord = true
    return fallback
  }

  /// Reads a word where one that this reader does not know does no harm.
  @inline(__always) mutating func openWord<W: Word>(_: W.Type, or fallback: W) -> W {
    guard next() else {
      fail("a word is missing")
      return fallback
    }
    return knownWord(W.self) ?? fallback
  }

  @inline(__always) private mutating func knownWord<W: Word>(_: W.Type) -> W? {
    guard let bytes = cursor.word(), let start = bytes.baseAddress else {
      fail("a word was expected")
      return nil
    }
    return W(bytes: start, count: bytes.count)
  }

  mutating func text() -> String? {
    if next(), let text = cursor.string() { return text }
    fail("a text was expected")
    return nil
  }

  // MARK: Arguments that may be left out

  @inline(__always) mutating func optionalIdentity() -> UInt32? {
    guard next() else { return nil }
    return bounded(greatestIdentity)
  }

  @inline(__always) mutating func optionalNumber() -> UInt32? {
    next() ? bounded(Int64(UInt32.max)) : nil
  }

  @inline(__always) mutating func optionalInteger() -> Int64? {
    guard next() else { return nil }
    guard let number = cursor.integer() else {
      fail("an integer was expected")
      return nil
    }
    return number
  }

  @inline(__always) mutating func optionalWord<W: Word>(_: W.Type, or fallback: W) -> W {
    guard next() else { return fallback }
    if let word = knownWord(W.self) { return word }
    hasUnknownWord = true
    return fallback
  }

  // MARK: The end

  /// Passes over arguments that this reader does not know, and the end of the line.
  @inline(__always) mutating func finish() {
    while true {
      cursor.skipSpace()
      if cursor.take(byte: UInt8(ascii: "]")) { break }
      guard cursor.take(byte: UInt8(ascii: ",")), cursor.skipValue() else {
        return fail("its array does not end")
      }
    }
    if !cursor.isAtEnd() { fail("something follows its array") }
  }
}

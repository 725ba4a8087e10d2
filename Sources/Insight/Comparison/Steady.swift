/// A text without what is another one in each run of the same program: addresses, times of day,
/// measurements, ports and process numbers, random names. Each is a `#`.
///
/// That is a hexadecimal number; a number with five digits or more, with three or more behind its
/// point, with a fraction and a unit of time after it, or whose end is cut off; `12:30:59`; and a word of
/// at least eight letters and digits with a letter after a digit, such as a part of a UUID. O(length).
func steady(_ text: String) -> String {
  guard text.utf8.contains(where: isDigit) else { return text }
  var reader = SteadyReader(bytes: Array(text.utf8))
  return reader.read()
}

/// A text with no number in it: each is a `#`. O(length).
func numberless(_ text: String) -> String {
  guard text.utf8.contains(where: isDigit) else { return text }
  var kept: [UInt8] = []
  for byte in steady(text).utf8 {
    if !isDigit(byte) { kept.append(byte) } else if kept.last != mask { kept.append(mask) }
  }
  return String(decoding: kept, as: UTF8.self)
}

private let mask = UInt8(ascii: "#")

private struct SteadyReader {
  let bytes: [UInt8]
  private var at = 0
  private var kept: [UInt8] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() -> String {
    while at < bytes.count {
      let end = self.end(from: at, while: isPartOfWord)
      if end == at {
        kept.append(bytes[at])
        at += 1
      } else if isRandom(bytes[at..<end]) {
        skip(to: end)
        // The rest of a UUID.
        while at + 1 < bytes.count, bytes[at] == UInt8(ascii: "-"), isPartOfWord(bytes[at + 1]) {
          at = self.end(from: at + 1, while: isPartOfWord)
        }
      } else if let end = measurement(from: at) {
        skip(to: end)
      } else {
        kept += bytes[at..<end]
        at = end
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private mutating func skip(to end: Int) {
    kept.append(mask)
    at = end
  }

  private func end(from start: Int, while holds: (UInt8) -> Bool) -> Int {
    var end = start
    while end < bytes.count, holds(bytes[end]) { end += 1 }
    return end
  }

  private func isRandom(_ word: ArraySlice<UInt8>) -> Bool {
    if word.count > 2, word.first == UInt8(ascii: "0"), word.dropFirst().first == UInt8(ascii: "x")
    {
      return true
    }
    guard word.count >= 8 else { return false }
    return zip(word, word.dropFirst()).contains { isDigit($0) && isLetter($1) }
  }

  /// Where a number ends that is not to be counted on, nil where none begins.
  private func measurement(from start: Int) -> Int? {
    let whole = end(from: start, while: isDigit)
    guard whole > start else { return nil }
    if isCut(at: whole) { return whole }
    if let clock = timeOfDay(after: whole) { return clock }
    var end = whole
    if byte(whole) == UInt8(ascii: "."), let next = byte(whole + 1), isDigit(next) {
      end = self.end(from: whole + 1, while: isDigit)
    }
    let places = max(0, end - whole - 1)
    if byte(end) == UInt8(ascii: "e") {
      let sign = byte(end + 1) == UInt8(ascii: "-") ? end + 2 : end + 1
      let exponent = self.end(from: sign, while: isDigit)
      if exponent > sign, !isWord(exponent) { return exponent }
    }
    if isUnit(from: end, ofWholeNumber: places == 0) { return end }
    guard !isWord(end) else { return nil }
    return places >= 3 || places == 0 && end - start >= 5 ? end : nil
  }

  /// Whether a recorder has left out what follows: of `'http://127.0.0.1:40'…` who knows the rest.
  private func isCut(at end: Int) -> Bool {
    let isQuote = [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(byte(end))
    return bytes.dropFirst(isQuote ? end + 1 : end).starts(with: "…".utf8)
  }

  /// `:30:59`, maybe with a fraction.
  private func timeOfDay(after hour: Int) -> Int? {
    var at = hour
    for _ in 0..<2 {
      guard byte(at) == UInt8(ascii: ":"), end(from: at + 1, while: isDigit) == at + 3 else {
        return nil
      }
      at += 3
    }
    guard let point = byte(at), point == UInt8(ascii: ".") || point == UInt8(ascii: ",") else {
      return at
    }
    let fraction = end(from: at + 1, while: isDigit)
    return fraction > at + 1 ? fraction : at
  }

  /// A whole number of seconds is a program's own choice, a thousandth of one is not.
  private func isUnit(from start: Int, ofWholeNumber isWhole: Bool) -> Bool {
    let start = byte(start) == UInt8(ascii: " ") ? start + 1 : start
    let word = bytes[min(start, bytes.count)..<end(from: start, while: isPartOfWord)]
    let unit = String(decoding: word, as: UTF8.self)
    if ["ms", "us", "µs", "μs", "ns"].contains(unit) { return true }
    return !isWhole && ["s", "sec", "secs", "second", "seconds"].contains(unit)
  }

  private func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

  private func isWord(_ place: Int) -> Bool { byte(place).map(isPartOfWord) ?? false }
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isLetter(_ byte: UInt8) -> Bool {
  let lower = byte | 0x20
  return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}

private func isPartOfWord(_ byte: UInt8) -> Bool {
  isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
}

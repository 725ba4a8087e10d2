/// A Swift text with the contents of comments and strings taken out. What stands in `\( )` in a
/// string is code and stays. Line breaks stay, so that lines keep their numbers.
func code(of text: String) -> String {
  var reader = CodeReader(text)
  reader.readCode(untilParenthesis: false)
  return String(decoding: reader.kept, as: UTF8.self)
}

private struct CodeReader {
  private let bytes: [UInt8]
  private var place = 0
  private(set) var kept: [UInt8] = []

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Reads code, to the end or to the parenthesis that closes an interpolation.
  mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while place < bytes.count {
      if starts("//") {
        while place < bytes.count, bytes[place] != 10 { place += 1 }
      } else if starts("/*") {
        skipComment()
      } else if let hashes = stringStart() {
        readString(hashes: hashes)
      } else {
        if bytes[place] == UInt8(ascii: "(") { depth += 1 }
        if bytes[place] == UInt8(ascii: ")") {
          depth -= 1
          if untilParenthesis, depth < 0 { return }
        }
        kept.append(bytes[place])
        place += 1
      }
    }
  }

  private func starts(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        place += 2
      } else if starts("*/") {
        depth -= 1
        place += 2
      } else {
        if bytes[place] == 10 { kept.append(10) }
        place += 1
      }
    } while depth > 0 && place < bytes.count
  }

  /// How many `#` stand before the quote, if a string starts here.
  private func stringStart() -> Int? {
    let hashes = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
    let quote = place + hashes
    return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
  }

  private mutating func readString(hashes: Int) {
    let mark = String(repeating: "#", count: hashes)
    place += hashes
    let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
    place += quotes.utf8.count
    kept += "\"".utf8
    while place < bytes.count, !starts(quotes + mark) {
      if starts("\\\(mark)(") {
        place += 2 + hashes
        kept += "(".utf8
        readCode(untilParenthesis: true)
        kept += ")".utf8
        place += 1
      } else if starts("\\\(mark)") {
        place += 2 + hashes
      } else {
        if bytes[place] == 10 { kept.append(10) }
        place += 1
      }
    }
    place += quotes.utf8.count + hashes
    kept += "\"".utf8
  }
}

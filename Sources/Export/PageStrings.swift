import Insight
import Trace

/// The texts of a page's data, each once. What names one gives its place; 0 is the empty text.
///
/// Most differ from others in numbers alone: a text is told as its template, which has marks in
/// their places, and the numbers.
struct PageStrings {
  private var places: [String: Int] = ["": 0]
  private var placesOfTemplates: [String: Int] = ["": 0]
  private(set) var templates = [""]
  /// The numbers of the newest text of each template.
  private var newest: [[Int]] = [[]]
  /// For each text its template, and its numbers as differences from those of the one before of
  /// that template.
  private(set) var texts = [0]

  /// The place of a text of the run, which is made plain.
  mutating func place(of text: String) -> Int { place(ofPlain: plain(text)) }

  /// The place of a text that is plain, apart from the marks of ``PageMark``.
  mutating func place(ofPlain text: String) -> Int {
    let text = readable(text)
    if let place = places[text] { return place }
    places[text] = places.count
    let (template, numbers) = text.withoutNumbers
    let place = placesOfTemplates[template] ?? templates.count
    if place == templates.count {
      placesOfTemplates[template] = place
      templates.append(template)
      newest.append(numbers.map { _ in 0 })
    }
    texts.append(place)
    texts += zip(numbers, newest[place]).map { $0 - $1 }
    newest[place] = numbers
    return places.count - 1
  }
}

/// A text cut where it is longer than anybody reads: a browser would lay out all of it.
func readable(_ text: String) -> String {
  let longest = 20_000
  guard text.utf8.count > longest else { return text }
  var end = text.utf8.index(text.startIndex, offsetBy: longest)
  while text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
  return text[..<end] + "…"
}

/// What a sentence has in common with others but for a number or a name is replaced by a mark, which
/// the page replaces again: `step 7 began` and `step 8 began` are one text then. A plain text has no
/// such characters, so that nothing is lost, whatever it says.
enum PageMark {
  /// `tep 7`, the number of the step that the sentence is about.
  static let step: UInt8 = 1
  /// The name of the lane that the sentence is about.
  static let lane: UInt8 = 2
  /// `tep 6`, the number of the step in which the cause came up.
  static let cause: UInt8 = 3
  /// A number that a text is told with: see ``PageStrings``.
  static let number: UInt8 = 4

  static func text(ofStep step: Int) -> String { "tep \(step)" }
}

extension String {
  /// The text with a mark in place of every part that is equal to one given. O(length).
  func marked(_ part: String, as mark: UInt8) -> String {
    var text = self
    var part = part
    let marked = text.withUTF8 { text in
      part.withUTF8 { part in
        guard let first = part.first, part.count <= text.count else { return nil as [UInt8]? }
        var result: [UInt8] = []
        var copied = 0
        var at = 0
        while at + part.count <= text.count {
          if text[at] == first, text[at..<at + part.count].elementsEqual(part) {
            result += text[copied..<at]
            result.append(mark)
            at += part.count
            copied = at
          } else {
            at += 1
          }
        }
        return copied == 0 ? nil : result + text[copied...]
      }
    }
    return marked.map { String(decoding: $0, as: UTF8.self) } ?? self
  }
}

extension String {
  /// The text with a mark in place of every number, and the numbers. What a number would not be
  /// written as stays: `007`, and what has more digits than a browser counts with.
  fileprivate var withoutNumbers: (template: String, numbers: [Int]) {
    var template: [UInt8] = []
    var numbers: [Int] = []
    var rest = Array(utf8)[...]
    while let first = rest.first {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if digits.isEmpty {
        template.append(first)
        rest.removeFirst()
        continue
      }
      rest.removeFirst(digits.count)
      if digits.count > 1 && first == UInt8(ascii: "0") || digits.count > 15 {
        template += digits
      } else {
        template.append(PageMark.number)
        numbers.append(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
      }
    }
    return (String(decoding: template, as: UTF8.self), numbers)
  }
}

/// A text as a string of JSON that may stand in an HTML script element: nothing in it can end the
/// element or begin another, nor end a line of script.
func scriptJSON(_ text: String) -> String {
  let quoted = quotedJSON(text)
  let isHarmless = quoted.utf8.allSatisfy { byte in
    byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "&")
      && byte != 0xE2
  }
  guard !isHarmless else { return quoted }
  var result = ""
  for scalar in quoted.unicodeScalars {
    switch scalar {
    case "<": result += "\\u003c"
    case ">": result += "\\u003e"
    case "&": result += "\\u0026"
    case "\u{2028}": result += "\\u2028"
    case "\u{2029}": result += "\\u2029"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

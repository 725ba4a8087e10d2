/// The lines of a file's text, found by its bytes: it may be long, and is looked at for each picture.
struct SourceLines {
  private let text: String
  /// Where each line starts, in bytes.
  private let starts: [Int]

  /// O(length).
  init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    var starts = [0]
    text.utf8.withContiguousStorageIfAvailable { bytes in
      for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
        starts.append(place + 1)
      }
    }
    self.text = text
    self.starts = starts
  }

  var count: Int { starts.count }

  /// A line without its end, of either kind.
  func line(_ place: Int) -> Substring {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: starts[place])
    let isLast = place + 1 == starts.count
    let end =
      isLast ? utf8.endIndex : utf8.index(utf8.startIndex, offsetBy: starts[place + 1] - 1)
    let line = text[start..<end]
    return line.utf8.last == UInt8(ascii: "\r") ? line[..<utf8.index(before: end)] : line
  }
}

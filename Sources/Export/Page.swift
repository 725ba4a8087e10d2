import CPageText
import Insight
import Trace

/// The run as one page for a browser, which loads nothing: frame, style, data and script in one file.
///
/// What the run says is in a block of JSON, which a browser does not run, with every character escaped
/// that could end the block; the script shows it as text only, never as markup. Besides that, the
/// page's policy forbids every source but what stands in the page. It names no hash of the script:
/// that would need a digest, and would add nothing while no text of the run comes out as markup.
struct Page {
  /// A run of this length makes a page of some 40 MB, which a browser opens in a second or two.
  static let mostEvents = 1_500_000

  let header: RunHeader
  let timeline: Timeline
  let notices: [String]

  /// - Throws: ``ExportError`` for a run that is too long; what `pieces` throws.
  func write(to pieces: inout TextPieces) throws {
    guard timeline.events.count <= Self.mostEvents else {
      throw ExportError(
        "The run has \(timeline.events.count) events, and a page \(Self.mostEvents) at most. "
          + "Export it with --format chrome, and open that in Perfetto.")
    }
    var rest = PageText.html[...]
    while let open = rest.firstRange(of: "{{"), let close = rest.firstRange(of: "}}") {
      try pieces.put(String(rest[..<open.lowerBound]))
      switch rest[open.upperBound..<close.lowerBound] {
      case "title": try pieces.put(escaped(header.title))
      case "style":
        try pieces.put(PageColours.style)
        try pieces.put(PageText.css)
      case "script": try pieces.put(PageText.js)
      case "data":
        var data = PageData(header: header, timeline: timeline, notices: notices)
        try data.write(to: &pieces)
      default: break
      }
      rest = rest[close.upperBound...]
    }
    try pieces.put(String(rest))
  }
}

/// The files of `Page/`, as they were built into the executable.
enum PageText {
  static var html: String { text(page_html) }
  static var css: String { text(page_css) }
  static var js: String { text(page_js) }

  private static func text(
    _ part: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?
  ) -> String {
    var length = 0
    guard let bytes = part(&length) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

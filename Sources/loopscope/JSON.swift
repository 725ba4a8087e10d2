import Insight
import Trace

/// What is printed for other programs.
indirect enum JSON {
  case null
  case bool(Bool)
  case number(Int64)
  /// A text of a recording, which is sanitised when it is printed, and cut where it is very long.
  case text(String)
  case array([JSON])
  case object([(String, JSON)])

  /// In one line.
  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): quotedJSON(plain(Self.shortened(value)))
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(quotedJSON($0)): \($1.text)" }.joined(separator: ", ") + "}"
    }
  }

  private static func shortened(_ text: String) -> String {
    let start = text.prefix(longest)
    return start.endIndex < text.endIndex ? "\(start)…" : text
  }

  private static let longest = 2000
}

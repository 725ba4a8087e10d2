import Insight
import Trace

/// What is printed for other programs.
indirect enum JSON {
  case null
  case bool(Bool)
  case number(Int64)
  /// A text of a recording, which is sanitised when it is printed.
  case text(String)
  case array([JSON])
  case object([(String, JSON)])

  /// In one line.
  var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): quotedJSON(plain(value))
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(quotedJSON($0)): \($1.text)" }.joined(separator: ", ") + "}"
    }
  }
}

import Insight
import Trace

/// What is printed for other programs.
indirect enum JSON {
  case null
  case bool(Bool)
  case number(Int64)
  case unsigned(UInt64)
  /// A text of a recording, which is sanitised when it is printed.
  case text(String)
  case array([JSON])
  case object([(String, JSON)])

  /// Where texts are cut: a program may print megabytes in a line.
  static let longestText = 2000

  static func count(_ value: Int) -> JSON { .number(Int64(value)) }

  /// In one line.
  ///
  /// - Parameter limit: what texts of more characters are cut to.
  func line(cuttingTextsTo limit: Int = .max) -> String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .text(let value): quotedJSON(plain(cut(value, to: limit)))
    case .array(let values):
      "[" + values.map { $0.line(cuttingTextsTo: limit) }.joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { "\(quotedJSON($0)): \($1.line(cuttingTextsTo: limit))" }
        .joined(separator: ", ") + "}"
    }
  }
}

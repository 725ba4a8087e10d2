import Trace

extension Node {
  /// - Throws: ``ScenarioError`` for an object.
  init(_ json: JSONValue) throws(ScenarioError) {
    switch json {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .string(let text): self = .text(text)
    case .number(let digits):
      guard let number = Double(digits) else { throw ScenarioError("\(digits) is no number.") }
      self = .number(number)
    case .array(let elements):
      var list: [Node] = []
      for element in elements { list.append(try Node(element)) }
      self = .list(list)
    case .object: throw ScenarioError("A statement is an array, not an object.")
    }
  }

  /// As JSON, without spaces that need not be.
  package var json: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): numberText(number)
    case .text(let text): quotedJSON(text)
    case .list(let list): "[" + list.map(\.json).joined(separator: ", ") + "]"
    }
  }
}

/// A number as both JSON and Python write it: `1`, `0.25`.
func numberText(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
}

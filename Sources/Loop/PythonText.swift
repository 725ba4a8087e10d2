/// A value as Python writes it: `None`, `True`, `[1, 2]`, `'text'`, `ValueError('bad')`.
///
/// - Parameter quoted: as `repr` gives it, and not as `str` does.
func pythonText(_ value: Any, quoted: Bool = true) -> String {
  switch value {
  case let number as Int: String(number)
  case is Void: "None"
  case let flag as Bool: flag ? "True" : "False"
  case let text as String: quoted ? quotedText(text) : text
  case let list as [Any]: "[" + list.map { pythonText($0) }.joined(separator: ", ") + "]"
  case let result as any PythonResult: pythonText(result.content, quoted: quoted)
  case let error as any PythonError where quoted: error.repr
  case let error as any PythonError: error.message
  default: mirroredText(value)
  }
}

private func mirroredText(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional: return mirror.children.first.map { pythonText($0.value) } ?? "None"
  case .tuple:
    return "(" + mirror.children.map { pythonText($0.value) }.joined(separator: ", ") + ")"
  default: return String(describing: value)
  }
}

/// Python quotes with `'`, unless that occurs in the text and `"` does not.
private func quotedText(_ text: String) -> String {
  let quote: Character = text.contains("'") && !text.contains("\"") ? "\"" : "'"
  var quoted = String(quote)
  for character in text {
    switch character {
    case quote, "\\": quoted += "\\\(character)"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    default: quoted.append(character)
    }
  }
  return quoted + String(quote)
}

/// A member's outcome in the results of `gather(return_exceptions=True)`.
private protocol PythonResult {
  var content: Any { get }
}

extension Result: PythonResult {
  fileprivate var content: Any {
    switch self {
    case .success(let value): value
    case .failure(let error): error
    }
  }
}

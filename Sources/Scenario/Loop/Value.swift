import Loop

/// What variables hold and coroutines return.
enum Value {
  case none
  case bool(Bool)
  case int(Int)
  case real(Double)
  case text(String)
  case list([Value])
  case error(any Error)
  case future(AnyFuture)

  /// Nil for a list, which is no constant.
  init?(constant node: Node) {
    switch node {
    case .null: self = .none
    case .bool(let flag): self = .bool(flag)
    case .number(let number): self = Value(number)
    case .text(let text): self = .text(text)
    case .list: return nil
    }
  }

  init(_ number: Double) {
    self = number == number.rounded() ? .int(Int(number)) : .real(number)
  }

  /// As `text` of `run_scenarios.py` writes it.
  var text: String {
    switch self {
    case .none: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .list(let list): "[" + list.map(\.text).joined(separator: ", ") + "]"
    case .error(let error): errorText(error)
    case .future(let future): (future as? any AnyLoopTask)?.name ?? "future"
    }
  }
}

/// `Type: message`, the type alone for a group, whose message depends on the version.
private func errorText(_ error: any Error) -> String {
  guard let error = error as? any PythonError else { return "\(error)" }
  return error is ExceptionGroup || error.message.isEmpty
    ? typeName(of: error) : "\(typeName(of: error)): \(error.message)"
}

private func typeName(of error: any PythonError) -> String { type(of: error).typeName }

extension Value: Comparable {
  static func == (a: Self, b: Self) -> Bool { a.text == b.text }

  /// For a priority queue, whose items are numbers.
  static func < (a: Self, b: Self) -> Bool {
    if case .int(let first) = a, case .int(let second) = b { return first < second }
    return a.text < b.text
  }
}

/// As the recorder for Python shows what a coroutine returned.
extension Value: CustomStringConvertible {
  var description: String { shown(longest: 60) }

  private func shown(longest: Int) -> String {
    switch self {
    case .none, .bool, .int, .real: return text
    case .text(let text):
      return text.count > longest ? "'\(text.prefix(longest - 1))'…" : "'\(text)'"
    case .list(let list):
      if list.count <= 8 {
        let items = list.map { $0.shown(longest: 16) }.joined(separator: ", ")
        if items.count + 2 <= longest { return "[\(items)]" }
      }
      return "list of \(list.count)"
    case .error(let error as any PythonError): return "<\(typeName(of: error))>"
    case .error(let error): return "<\(error)>"
    case .future(let future): return future is any AnyLoopTask ? "<Task>" : "<Future>"
    }
  }
}

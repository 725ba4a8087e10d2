/// The body of one function, on its way to Python.
struct PythonFunction {
  enum Kind: String {
    case coroutine
    case callback
    case thread
    case program
  }

  /// What stands outside of the running loop.
  static let programStatements: Set = [
    "let", "call_soon", "call_later", "call_at", "cancel_handle", "done_callback", "cancel",
    "set_result", "set_exception", "set_name", "exception_handler", "eager_tasks", "stop",
    "run_forever", "run_until_complete",
  ]

  let help: ScenarioProgram.Help
  private let kind: Kind
  private var bound: Set<String> = []
  private var tryCount = 0

  init(help: ScenarioProgram.Help, kind: Kind) {
    self.help = help
    self.kind = kind
  }

  var isCoroutine: Bool { kind == .coroutine }
  var isThread: Bool { kind == .thread }
  var isProgram: Bool { kind == .program }

  func refusal(of statement: String) -> ScenarioError {
    ScenarioError("A \(kind) cannot \(statement).")
  }

  /// All variables of a scenario are global, as are those of our interpreter.
  var globals: [String] {
    bound.isEmpty ? [] : ["global \(bound.sorted().joined(separator: ", "))"]
  }

  mutating func block(_ statements: [Node]) throws(ScenarioError) -> [String] {
    var lines: [String] = []
    for statement in statements { lines += try self.statement(statement) }
    return lines.isEmpty ? ["pass"] : lines
  }

  mutating func bind(_ node: Node) throws(ScenarioError) -> String {
    guard let name = node.text else { throw ScenarioError("\(node.json) is no variable.") }
    bound.insert(try identifier(name))
    return name
  }

  /// `name = value`, or the value alone where no name is given.
  mutating func assign(_ node: Node, _ value: String) throws(ScenarioError) -> [String] {
    node == .null ? [value] : ["\(try bind(node)) = \(value)"]
  }

  /// A variable for what was to be returned before a `try`.
  mutating func nextValue() -> String {
    tryCount += 1
    return "_value_\(tryCount)"
  }

  // MARK: Expressions

  func name(_ node: Node) throws(ScenarioError) -> String {
    guard let name = node.text else { throw ScenarioError("\(node.json) is no name.") }
    return try identifier(name)
  }

  func operands(_ node: Node) throws(ScenarioError) -> String {
    guard let list = node.list else { throw ScenarioError("\(node.json) is no list.") }
    var texts: [String] = []
    for operand in list { texts.append(try self.operand(operand)) }
    return texts.joined(separator: ", ")
  }

  /// What can be awaited, cancelled, put into a gather.
  func operand(_ node: Node) throws(ScenarioError) -> String {
    if node.text != nil { return try name(node) }
    let call = try Call(node)
    switch call.head {
    case "call":
      let made = "\(try name(call[1]))()"
      return help >= .made ? "_made(\(made))" : made
    case "gather":
      let members = try operands(call[1])
      let comma = members.isEmpty ? "" : ", "
      return call[2] == true
        ? "asyncio.gather(\(members)\(comma)return_exceptions=True)" : "asyncio.gather(\(members))"
    case "gather_tuple":
      guard call[1].list?.isEmpty == false else {
        throw ScenarioError("gather_tuple wants a member.")
      }
      return "asyncio.gather(\(try operands(call[1])))"
    case "shield": return "asyncio.shield(\(try operand(call[1])))"
    case "ensure_future": return "asyncio.ensure_future(\(try operand(call[1])))"
    case "task":
      return "asyncio.create_task(\(try operand(call[1]))\(try keywords(call[2], call[3])))"
    case "loop_task":
      return "loop.create_task(\(try operand(call[1]))\(try keywords(call[2], call[3])))"
    case "eager_task":
      return "asyncio.Task(\(try operand(call[1])), loop=loop, eager_start=True)"
    case "future": return "loop.create_future()"
    case "current": return "asyncio.current_task()"
    case "run_in_executor": return "loop.run_in_executor(None, \(try name(call[1])))"
    default: throw ScenarioError("\(node.json) is nothing to await.")
    }
  }

  /// What `create_task` gets besides the coroutine.
  func keywords(_ name: Node, _ eagerStart: Node) throws(ScenarioError) -> String {
    let name = name.text.map { ", name=\(pythonLiteral($0))" } ?? ""
    return eagerStart == .null ? name : "\(name), eager_start=\(try value(eagerStart))"
  }

  func value(_ node: Node) throws(ScenarioError) -> String {
    switch node {
    case .null: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .number(let number): return numberText(number)
    case .text(let text): return pythonLiteral(text)
    case .list(let list):
      guard list.count == 2, list[0] == "var" else {
        throw ScenarioError("\(node.json) is no value.")
      }
      return try name(list[1])
    }
  }

  func number(_ node: Node) throws(ScenarioError) -> String {
    if node == .null { return "None" }
    guard let number = node.number else { throw ScenarioError("\(node.json) is no number.") }
    return numberText(number)
  }

  /// A moment so many seconds from now, or none.
  func moment(_ node: Node) throws(ScenarioError) -> String {
    node == .null ? "None" : "loop.time() + \(try number(node))"
  }

  func exception(_ type: Node, _ message: Node) throws(ScenarioError) -> String {
    let kind = try exceptionType(type)
    return "\(kind)(\(message.text.map(pythonLiteral) ?? ""))"
  }

  func exceptionType(_ node: Node) throws(ScenarioError) -> String {
    guard let name = node.text, ErrorKind(rawValue: name) != nil else {
      throw ScenarioError("\(node.json) is no exception that scenarios know.")
    }
    let ofAsyncio = [
      "CancelledError", "TimeoutError", "InvalidStateError", "QueueEmpty", "QueueFull",
      "QueueShutDown", "BrokenBarrierError",
    ]
    return ofAsyncio.contains(name) ? "asyncio.\(name)" : name
  }
}

/// A statement or expression with its operation.
struct Call {
  let head: String
  let parts: [Node]

  init(_ node: Node) throws(ScenarioError) {
    guard let parts = node.list, let head = parts.first?.text else {
      throw ScenarioError("\(node.json) is no statement.")
    }
    self.head = head
    self.parts = parts
  }

  /// An argument, counted from 1; null where there is none.
  subscript(index: Int) -> Node { index < parts.count ? parts[index] : .null }

  func block(_ index: Int) throws(ScenarioError) -> [Node] {
    guard let block = self[index].list else {
      throw ScenarioError("\(head) wants a list of statements.")
    }
    return block
  }
}

package import Loop
import Trace

/// An asyncio program in a small language, which our loop and CPython can both run.
///
/// `docs/scenarios.md` describes it.
package struct Scenario: Hashable, Sendable {
  package var name: String
  /// The first and the last version whose asyncio it is about.
  package var since: Int
  package var until: Int
  /// What is done with the loop while it does not run; empty runs `main`, as `asyncio.run` does.
  package var program: [Node]
  /// The bodies of coroutine functions without arguments, by name; `main` is where it begins.
  package var coroutines: [String: [Node]]
  /// The bodies of plain functions, for the loop to call.
  package var callbacks: [String: [Node]]
  /// The bodies of functions that other threads run.
  package var threads: [String: [Node]]

  package static let latest = Profile.latest.minor

  package init(
    name: String = "", since: Int = 8, until: Int = latest, program: [Node] = [],
    coroutines: [String: [Node]], callbacks: [String: [Node]] = [:], threads: [String: [Node]] = [:]
  ) {
    self.name = name
    self.since = since
    self.until = until
    self.program = program
    self.coroutines = coroutines
    self.callbacks = callbacks
    self.threads = threads
  }

  package func isAbout(_ profile: Profile) -> Bool { (since...max(since, until)) ~= profile.minor }

  /// How many nodes it is made of. O(nodes).
  package var size: Int {
    (Array(coroutines.values) + Array(callbacks.values) + Array(threads.values))
      .reduce(program.reduce(0) { $0 + $1.size }) { $0 + 1 + $1.reduce(0) { $0 + $1.size } }
  }
}

extension Scenario {
  /// Reads a scenario from a file, which may be compressed.
  package init(path: String) throws {
    try self.init(json: textLines(ofFile: path).joined(separator: "\n"))
  }

  /// Reads a file of scenarios, one a line.
  package static func all(inFile path: String) throws -> [Scenario] {
    try textLines(ofFile: path).filter { !$0.isEmpty }.map { try Scenario(json: $0) }
  }

  /// Reads a scenario from JSON.
  package init(json text: String) throws(ScenarioError) {
    var text = text
    let parsed = text.withUTF8 { JSONValue(bytes: $0) }
    guard let parsed, case .object = parsed else {
      throw ScenarioError("A scenario is one JSON object, and this is none.")
    }
    self.init(
      name: parsed["name"].string ?? "",
      since: try Self.minor(parsed["since"], default: 8),
      until: try Self.minor(parsed["until"], default: Self.latest),
      program: try Self.statements(parsed["program"], of: "program"),
      coroutines: try Self.functions(parsed["coroutines"]),
      callbacks: try Self.functions(parsed["callbacks"]),
      threads: try Self.functions(parsed["threads"]))
    guard coroutines["main"] != nil || !program.isEmpty else {
      throw ScenarioError("A scenario begins with the coroutine main, and here is none.")
    }
  }

  private static func minor(_ json: JSONValue, default fallback: Int) throws(ScenarioError) -> Int {
    guard let text = json.string else { return fallback }
    guard let profile = Profile(text) else { throw ScenarioError("\(text) is no known version.") }
    return profile.minor
  }

  private static func functions(_ json: JSONValue) throws(ScenarioError) -> [String: [Node]] {
    guard case .object(let members) = json else { return [:] }
    var functions: [String: [Node]] = [:]
    for (name, body) in members {
      functions[name] = try statements(body, of: name)
    }
    return functions
  }

  private static func statements(
    _ json: JSONValue, of name: String
  ) throws(ScenarioError) -> [Node] {
    let body = try Node(json)
    guard let statements = body == .null ? [] : body.list else {
      throw ScenarioError("\(name) is not a list of statements.")
    }
    return statements
  }

  /// As JSON, a statement a line.
  package var json: String {
    var parts = ["\"scenario\": 1"]
    if !name.isEmpty { parts.append("\"name\": \(quotedJSON(name))") }
    if since != 8 { parts.append("\"since\": \"3.\(since)\"") }
    if until != Self.latest { parts.append("\"until\": \"3.\(until)\"") }
    if !program.isEmpty { parts.append("\"program\": \(Self.json(of: program))") }
    parts.append("\"coroutines\": \(Self.json(of: coroutines))")
    if !callbacks.isEmpty { parts.append("\"callbacks\": \(Self.json(of: callbacks))") }
    if !threads.isEmpty { parts.append("\"threads\": \(Self.json(of: threads))") }
    return "{" + parts.joined(separator: ",\n ") + "}\n"
  }

  private static func json(of functions: [String: [Node]]) -> String {
    let members = functions.sorted { $0.key < $1.key }
      .map { name, body in "\n  \(quotedJSON(name)): \(json(of: body))" }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func json(of statements: [Node]) -> String {
    "[" + statements.map { "\n   " + $0.json }.joined(separator: ",") + "]"
  }
}

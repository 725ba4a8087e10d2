import Trace

/// A scenario as the Python program that it is.
package struct ScenarioProgram {
  /// What the program tells the recorder, besides what that sees by itself.
  package enum Help: Comparable, Sendable {
    case none
    /// Each coroutine that it makes.
    case made
    /// Each that it makes, starts and ends: up to 3.11 nothing else tells so exactly.
    case all
  }

  let scenario: Scenario
  let help: Help

  package init(_ scenario: Scenario, help: Help = .none) {
    self.scenario = scenario
    self.help = help
  }

  /// Its whole text, for `run_scenarios.py`.
  ///
  /// - Throws: ``ScenarioError`` where a statement makes no sense.
  package func text() throws(ScenarioError) -> String {
    var lines: [String] = []
    for (name, body) in scenario.threads.sorted(by: { $0.key < $1.key }) {
      var function = PythonFunction(help: help, kind: .thread)
      // For a witness it is a generator, which a virtual clock can lead.
      let start = help == .none ? [] : ["if False:", "    yield"]
      let block = try function.block(body)
      lines += ["def \(try identifier(name))():"] + indented(start + block) + [""]
    }
    for (name, body) in scenario.callbacks.sorted(by: { $0.key < $1.key }) {
      var function = PythonFunction(help: help, kind: .callback)
      let block = try function.block(body)
      lines += ["def \(try identifier(name))(*_):"] + indented(function.globals + block) + [""]
    }
    for (name, body) in scenario.coroutines.sorted(by: { $0.key < $1.key }) {
      var function = PythonFunction(help: help, kind: .coroutine)
      let block = try function.block(body)
      lines.append("async def \(try identifier(name))():")
      lines += indented(function.globals + (help == .all ? instrumented(block) : block)) + [""]
    }
    if !scenario.program.isEmpty {
      var function = PythonFunction(help: help, kind: .program)
      let block = try function.block(scenario.program)
      lines += ["def _program():"] + indented(function.globals + block) + [""]
    }
    return lines.joined(separator: "\n")
  }

  /// Its text with what it needs to run alone, for a person.
  package func standalone() throws(ScenarioError) -> String {
    """
    import asyncio
    import time

    def text(value):
        if isinstance(value, BaseException):
            return f'{type(value).__name__}: {value}'
        return value.get_name() if isinstance(value, asyncio.Task) else value

    def all_tasks():
        return sorted((task.get_name() for task in asyncio.all_tasks()))

    reports = []

    def handler(callback):
        def handle(loop, context):
            reports.append(context)
            try:
                callback()
            finally:
                reports.pop()
        return handle

    def reported():
        return reports[-1] if reports else None

    \(try text())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    \(scenario.program.isEmpty ? "loop.run_until_complete(main())" : "_program()")

    """
  }

  private func instrumented(_ block: [String]) -> [String] {
    ["_value = None", "_started()", "try:", "    try:"] + indented(indented(block)) + [
      "    except BaseException as _error:", "        _failed(_error)", "        raise",
      "finally:", "    _ended(_value)",
    ]
  }
}

func indented(_ lines: [String]) -> [String] { lines.map { "    " + $0 } }

/// - Throws: ``ScenarioError`` for what is no plain name.
func identifier(_ name: String) throws(ScenarioError) -> String {
  let isName =
    name.first?.isLetter == true
    && name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= byte || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
    }
  guard isName else { throw ScenarioError("'\(name)' is no name: a letter, letters and digits.") }
  return name
}

/// A text as a Python literal.
func pythonLiteral(_ text: String) -> String { quotedJSON(text) }

internal import CScenarioText
package import Python
package import Trace

/// CPython, which says what asyncio does with a scenario.
package final class Witness {
  package let interpreter: Interpreter
  /// The second number of its version.
  package var minor: Int { interpreter.minor }
  private let worker: PythonWorker

  package init(_ interpreter: Interpreter) throws(PythonFailure) {
    self.interpreter = interpreter
    var length = 0
    let bytes = scenario_text(&length)
    let script = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    worker = try PythonWorker(interpreter, script: script)
  }

  /// Asks for a recording; the answers come in the order of the questions.
  package func ask(_ scenario: Scenario) throws(ScenarioError) {
    worker.send(try ScenarioProgram(scenario, help: minor < 12 ? .all : .made).text())
  }

  /// The next answer; nil if the program broke the interpreter, or took too long.
  package func answer() -> Batch? {
    guard let bytes = worker.receive() else { return nil }
    var stream = RecordingStream(name: "scenario")
    bytes.withUnsafeBytes { stream.take($0) }
    return stream.drain()
  }

  /// What it does with a whole program, as far as that can be recorded.
  package func recording(ofProgram text: String) -> Batch? {
    worker.send("# program\n" + text)
    return answer()
  }
}

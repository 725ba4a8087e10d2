import ArgumentParser
import Python
import Scenario

/// The interpreters to compare with.
struct Witnesses: ParsableArguments {
  @Option(
    help: """
      An interpreter to compare with; may be given several times. Otherwise each version from 3.8 \
      on that pyenv keeps or that is on PATH.
      """)
  var python: [String] = []

  func all() throws -> [Witness] {
    let found =
      python.isEmpty
      ? Interpreter.installed().filter { $0.minor >= 8 }
      : try python.map { try Interpreter.find(named: $0) }
    guard !found.isEmpty else {
      throw ValidationError("No CPython from 3.8 on was found. Name one with --python.")
    }
    return try found.map { try Witness($0) }
  }
}

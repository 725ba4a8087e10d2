import Foundation
import Python

/// CPython 3.13, and uvloop in a virtual environment beside what is built.
struct PythonRuntime {
  let interpreter: Interpreter
  /// The interpreter that has uvloop, nil where it cannot be had.
  let withUvloop: String?

  /// - Parameter named: an interpreter; nil looks for one.
  /// - Returns: nil where none is named and there is none.
  /// - Throws: a ``PythonFailure`` where the one that is named cannot be had.
  init?(named: String?) throws {
    let found =
      try named.map { try Interpreter.find(named: $0) }
      ?? Interpreter.installed().first { $0.minor == 13 }
    guard let interpreter = found else { return nil }
    self.interpreter = interpreter
    progress("looking for uvloop")
    withUvloop = Program(
      path: interpreter.path,
      arguments: [
        Self.root + "/scripts/python-environment", interpreter.path,
        Self.root + "/Benchmarks/python/requirements.txt", Self.root + "/.build/python",
      ]
    ).output()
  }

  /// The folder of the workloads in Python.
  static let folder = root + "/Benchmarks/python"

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
}

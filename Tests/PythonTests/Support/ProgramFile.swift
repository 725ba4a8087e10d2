import Foundation
import Trace

@testable import Python

/// A real program's file, there as long as the test.
final class ProgramFile {
  let path = NSTemporaryDirectory() + "loopscope-real-" + UUID().uuidString + ".py"

  deinit { unlink(path) }

  /// The text of a program of the corpus.
  static func corpus(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: folder.appending(path: "corpus/\(name).py"), encoding: .utf8)
  }

  func start(
    _ text: String, _ interpreter: Interpreter, clock: RunHeader.Clock = .real,
    detail: PythonProgram.Detail = .all, scope: PythonProgram.Scope = .user, _ arguments: String...
  ) throws -> PythonSource {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var program = PythonProgram(interpreter: interpreter, command: [path] + arguments)
    program.clock = clock
    program.detail = detail
    program.scope = scope
    return try PythonSource(program)
  }
}

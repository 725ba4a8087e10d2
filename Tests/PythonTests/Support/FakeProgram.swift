import Foundation
import TmuxSupport
import Trace

@testable import Python

/// A program that needs no Python: a shell script that stands for interpreter, recorder and
/// program, and speaks to us as the recorder does.
///
/// In it, `say LINE …` sends lines of a recording, `held` says that the loop is held, and `hear` waits for a command in `$command`.
struct FakeProgram {
  private let folder = NSTemporaryDirectory() + "loopscope-fake-" + UUID().uuidString
  let program: PythonProgram

  static let header = """
    {"loopscope":1,"clock":"real","unit":"ns","program":["fake"],"runtime":"CPython 3.12.0"}
    """

  /// - Parameter script: what it does after its header; nil for one that has its own beginning.
  init(_ script: String, header: String? = header) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/python"
    let text = """
      #!/bin/sh
      if [ "$1" = -V ]; then echo "Python 3.12.0"; exit; fi
      test -f "$1" || exit 99
      say() { printf '%s\\n' "$@" >&3; }
      held() { say '["lh",0]'; }
      hear() { read -r command <&3; }
      \(header.map { "say '\($0)'" } ?? "")
      \(script)

      """
    try writeProgram(text, to: path)
    program = PythonProgram(
      interpreter: Interpreter(path: path, version: "3.12.0"), command: ["fake.py"])
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Starts it, and removes its file when it runs.
  static func started(_ script: String, header: String? = header) throws -> PythonSource {
    let fake = try FakeProgram(script, header: header)
    defer { fake.remove() }
    return try PythonSource(fake.program)
  }
}

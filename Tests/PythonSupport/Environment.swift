import Foundation
import Python
import TmuxSupport

/// A virtual environment with packages from PyPI, beside what is built.
package struct Environment: Sendable {
  /// Its interpreter; nil where it cannot be made.
  package let python: String?
  /// Why it cannot be made, in a sentence.
  package let reason: String

  /// What the applications in `Tests/PythonTests/applications` need. Made once, in a quarter of a
  /// minute; after that it is there.
  package static let applications = Task { await make() }

  /// Coroutines start and end exactly from 3.12 on, and so the same lanes are seen each time.
  private static let interpreter = Interpreters.installed.last { $0.minor >= 12 }

  private static func make() async -> Environment {
    guard let interpreter else {
      return Environment(python: nil, reason: "There is no Python from 3.12 on.")
    }
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let script = tests.deletingLastPathComponent().appending(path: "scripts/python-environment")
    do {
      let built = URL(filePath: try builtProduct("loopscope")).deletingLastPathComponent()
      let answer = try await runAside([
        interpreter.path, script.path, interpreter.path,
        tests.appending(path: "PythonTests/applications/requirements.txt").path,
        built.appending(path: "python").path,
      ])
      let said = answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
      guard answer.status == 0 else { return Environment(python: nil, reason: said) }
      return Environment(python: said, reason: "")
    } catch {
      return Environment(python: nil, reason: "\(error)")
    }
  }
}

/// Whether the applications can be run here; says why not.
package func haveApplications() async -> Bool {
  let environment = await Environment.applications.value
  if environment.python == nil { print("The applications are skipped. \(environment.reason)") }
  return environment.python != nil
}

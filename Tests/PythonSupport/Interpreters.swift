import Foundation
package import Python
import Testing

/// One interpreter of each version that is installed here, from pyenv and from `PATH`.
package enum Interpreters {
  package static let installed: [Interpreter] = (6...13).compactMap { minor in
    candidates(minor).lazy
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
      .compactMap { try? Interpreter.find(named: $0) }
      .first { $0.version.hasPrefix("3.\(minor).") }
  }

  private static func candidates(_ minor: Int) -> [String] {
    let environment = ProcessInfo.processInfo.environment
    let root = environment["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root + "/versions")) ?? []
    let folders = (environment["PATH"] ?? "").split(separator: ":")
      .filter { !$0.hasSuffix("/shims") }
    return versions.filter { $0.hasPrefix("3.\(minor).") }.map {
      "\(root)/versions/\($0)/bin/python"
    }
      + folders.flatMap { ["\($0)/python3.\(minor)", "\($0)/python3"] }
  }
}

extension Interpreter: CustomTestStringConvertible {
  package var testDescription: String { "Python \(version)" }
}

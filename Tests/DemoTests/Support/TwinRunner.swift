import Foundation
import Loop
import Python
import PythonSupport
import TmuxSupport

/// A CPython of this machine, which runs the twins of demos.
struct TwinRunner {
  let profile: Profile
  let executable: String

  /// What a demo's twin wrote.
  struct Twin {
    let output: [String]
    let errors: String
  }

  static let installed = Interpreters.installed.map {
    TwinRunner(profile: Profile($0.version) ?? .python3($0.minor), executable: $0.path)
  }

  /// Runs the twins of demos on a virtual clock, each in a process of its own.
  func run(twins names: [String]) throws -> [String: Twin] {
    let folder = URL.temporaryDirectory.appending(path: "loopscope-twins-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let runner = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "run_twins.py").path
    _ = try TmuxSupport.run([executable, runner, folder.path] + names.map { Self.twin($0).path })
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        let text = ["out", "err"].map { suffix in
          (try? String(contentsOf: folder.appending(path: "\(name).\(suffix)"), encoding: .utf8))
            ?? "no \(name).\(suffix)\n"
        }
        let lines = text[0].split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return (name, Twin(output: lines.map(String.init), errors: text[1]))
      })
  }

  /// Where a demo's Python twin stands.
  static func twin(_ name: String) -> URL {
    URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "demos/python/\(name).py")
  }
}

import Foundation
import Loop

/// The CPython interpreters of this machine.
struct Python {
  let profile: Profile
  let executable: String

  /// What a demo's twin wrote.
  struct Twin {
    let output: [String]
    let errors: String
  }

  /// One interpreter for each version that is found, from pyenv and from `PATH`.
  static let installed: [Python] = Profile.supported.compactMap { profile in
    candidates(profile).first { version(of: $0) == profile }
      .map { Python(profile: profile, executable: $0) }
  }

  /// Runs the twins of demos on a virtual clock, each in a process of its own.
  func run(twins names: [String]) throws -> [String: Twin] {
    let folder = URL.temporaryDirectory.appending(path: "loopscope-twins-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let runner = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "run_twins.py").path
    _ = Self.output(executable, [runner, folder.path] + names.map { Self.twin($0).path })
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

  private static func candidates(_ profile: Profile) -> [String] {
    let environment = ProcessInfo.processInfo.environment
    let root = environment["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root + "/versions")) ?? []
    let pyenv = versions.filter { $0.hasPrefix("\(profile).") }
      .map { "\(root)/versions/\($0)/bin/python" }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
      .filter { !$0.hasSuffix("/shims") }
    return pyenv + folders.flatMap { ["\($0)/python\(profile)", "\($0)/python3"] }
  }

  private static func version(of executable: String) -> Profile? {
    guard FileManager.default.isExecutableFile(atPath: executable) else { return nil }
    let code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return output(executable, ["-c", code]).flatMap { Profile(String($0.dropLast())) }
  }

  private static func output(_ executable: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

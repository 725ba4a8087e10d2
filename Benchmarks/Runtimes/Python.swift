import Foundation

/// CPython 3.13, and uvloop in a virtual environment that goes away with this object.
final class Python {
  let executable: String
  let version: String
  /// The interpreter that has uvloop, nil where it cannot be had.
  let withUvloop: String?
  private let environment: URL?

  /// - Parameter named: an interpreter; nil looks for one.
  /// - Returns: nil where there is none.
  init?(named: String?) {
    let candidates = named.map { [$0] } ?? Self.candidates
    guard
      let found = candidates.lazy.compactMap({ path in
        Self.ask(path, "import sys; print('%d.%d.%d' % sys.version_info[:3])").map { (path, $0) }
      }).first(where: { named != nil || $0.1.hasPrefix("3.13.") })
    else { return nil }
    (executable, version) = found
    if Self.ask(executable, "import uvloop; print()") != nil {
      environment = nil
      withUvloop = executable
    } else {
      progress("making a virtual environment for uvloop")
      let folder = URL.temporaryDirectory.appending(path: "loopscope-uvloop-\(getpid())")
      environment = folder
      let python = folder.appending(path: "bin/python").path
      let made = Program(path: executable, arguments: ["-m", "venv", folder.path]).output()
      let install = ["-m", "pip", "install", "--quiet", "uvloop"]
      let installed = made.flatMap { _ in Program(path: python, arguments: install).output() }
      withUvloop = installed == nil ? nil : python
    }
  }

  deinit {
    if let environment { try? FileManager.default.removeItem(at: environment) }
  }

  /// The folder of the workloads in Python.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "python").path

  /// Where one may be: on `PATH`, and where pyenv keeps them.
  private static var candidates: [String] {
    let variables = ProcessInfo.processInfo.environment
    let root = variables["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root + "/versions")) ?? []
    return versions.filter { $0.hasPrefix("3.13.") }.map { "\(root)/versions/\($0)/bin/python" }
      + (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/python3.13" }
  }

  private static func ask(_ executable: String, _ code: String) -> String? {
    guard FileManager.default.isExecutableFile(atPath: executable) else { return nil }
    return Program(path: executable, arguments: ["-c", code]).output(silent: true)
  }
}

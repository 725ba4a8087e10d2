#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Interpreter {
  /// One of each version from 3.6 to 3.15 that is here: where pyenv keeps them, or on `PATH`; the
  /// oldest first. Asks each for its version, which takes milliseconds.
  package static func installed(environment: (String) -> String? = variable) -> [Interpreter] {
    let pyenv = environment("PYENV_ROOT") ?? "\(environment("HOME") ?? "")/.pyenv"
    // Those of pyenv's shims on `PATH` stand for others, or for none.
    let folders = (environment("PATH") ?? "").split(separator: ":")
      .filter { !$0.hasSuffix("/shims") }
    var installed: [Interpreter] = []
    for minor in supportedMinors {
      let kept = files(matching: "\(pyenv)/versions/3.\(minor).*/bin/python")
      let named = folders.flatMap { ["\($0)/python3.\(minor)", "\($0)/python3"] }
      for path in kept + named where access(path, X_OK) == 0 {
        guard let found = try? find(named: path, environment: environment), found.minor == minor
        else { continue }
        installed.append(found)
        break
      }
    }
    return installed
  }

  /// The second number of its version: 12 for `3.12.1`.
  package var minor: Int {
    version.split(separator: ".").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  private static func files(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { place in
      found.gl_pathv[place].map { String(cString: $0) }
    }
  }
}

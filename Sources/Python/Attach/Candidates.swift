#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that runs Python, for a user who has to choose one.
package struct Candidate {
  package let process: Int
  /// As the interpreter says itself: `3.14.2`.
  package let version: String
  /// What was typed to start it, its words one after the other.
  package let command: String
  package let canBeAttachedTo: Bool

  /// Those that this user may look at: first those that can be attached to, the newest before the others. Asks
  /// each interpreter once for its version.
  package static func all() -> [Candidate] {
    var versions: [String: Interpreter?] = [:]
    let found: [Candidate] = ProcessFiles.processes().sorted(by: >).compactMap { process in
      guard process != getpid(), let path = ProcessFiles.program(of: process),
        ProcessFiles.isPython(path), ProcessFiles.isTrusted(path, runBy: process)
      else { return nil }
      let known = versions[path] ?? (try? Interpreter.find(named: path))
      versions[path] = .some(known)
      guard let interpreter = known, let words = ProcessFiles.words(of: process) else { return nil }
      return Candidate(
        process: Int(process), version: interpreter.version,
        command: words.dropFirst().joined(separator: " "),
        canBeAttachedTo: interpreter.minor >= RunningProgram.firstMinor)
    }
    return found.filter(\.canBeAttachedTo) + found.filter { !$0.canBeAttachedTo }
  }
}

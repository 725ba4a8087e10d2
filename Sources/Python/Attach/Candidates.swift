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
  /// What was typed to start it, or the program whose worker it is, its words one after the other.
  package let command: String
  /// The process whose worker it is: that has forked it, or started it by multiprocessing.
  package let starter: Int?
  package let canBeAttachedTo: Bool

  /// Those that this user may look at: first those that can be attached to, the newest before the others. Asks
  /// each interpreter once for its version. What multiprocessing starts for itself is left out.
  package static func all() -> [Candidate] {
    var versions: [String: Interpreter?] = [:]
    let found: [Candidate] = ProcessFiles.processes().sorted(by: >).compactMap { process in
      guard process != getpid(), let path = ProcessFiles.program(of: process),
        ProcessFiles.isPython(path), ProcessFiles.isTrusted(path, runBy: process)
      else { return nil }
      let known = versions[path] ?? (try? Interpreter.find(named: path))
      versions[path] = .some(known)
      guard let interpreter = known, let (command, starter) = origin(of: process) else {
        return nil
      }
      return Candidate(
        process: Int(process), version: interpreter.version, command: command,
        starter: starter.map(Int.init),
        canBeAttachedTo: interpreter.minor >= RunningProgram.firstMinor)
    }
    return found.filter(\.canBeAttachedTo) + found.filter { !$0.canBeAttachedTo }
  }

  /// The program that a process runs, and whose worker it is.
  private static func origin(of process: pid_t) -> (command: String, starter: pid_t?)? {
    guard let words = ProcessFiles.words(of: process) else { return nil }
    let command = words.dropFirst().joined(separator: " ")
    guard !command.contains("multiprocessing.resource_tracker") else { return nil }
    let parent = ProcessFiles.parent(of: process)
    let isForked = parent.flatMap(ProcessFiles.words) == words
    let isServer = command.contains("multiprocessing.forkserver")
    guard isForked || isServer || words.contains("--multiprocessing-fork") else {
      return (command, nil)
    }
    // A fork server's children say what it says, and are its parent's workers.
    guard isForked || !isServer else { return nil }
    guard let starter = isServer ? parent.flatMap(ProcessFiles.parent) : parent,
      let program = ProcessFiles.words(of: starter),
      ProcessFiles.program(of: starter).map(ProcessFiles.isPython) == true
    else { return (command, nil) }
    return (program.dropFirst().joined(separator: " "), starter)
  }
}

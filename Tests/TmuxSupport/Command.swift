#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a program printed and how it ended.
package struct CommandResult: Sendable {
  package var status: Int32
  package var output: String
}

/// Runs a program found on `PATH` to its end and collects what it prints on both streams.
///
/// - Throws: a ``TmuxFailure`` when it cannot be started.
@discardableResult
package func run(_ arguments: [String]) throws -> CommandResult {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { throw TmuxFailure("cannot make a pipe") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  defer { close(ends[0]) }

  let process: Int32
  do {
    defer { close(ends[1]) }
    process = try spawn(arguments) { actions in
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    }
  }
  var output: [UInt8] = []
  var bytes = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(ends[0], &bytes, bytes.count)
    if count > 0 { output += bytes[..<count] } else if count == 0 || errno != EINTR { break }
  }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  return CommandResult(status: code, output: String(decoding: output, as: UTF8.self))
}

/// Writes a program that can be run at once.
///
/// Another process writes it: what a test that runs beside this one has just forked would hold our
/// own descriptor of the file for a moment, and a file that is open for writing cannot be run.
package func writeProgram(_ text: String, to path: String) throws {
  let written = try run([
    "/bin/sh", "-c", "printf %s \"$1\" >\"$0\" && chmod 755 \"$0\"", path, text,
  ])
  guard written.status == 0 else { throw TmuxFailure("cannot write \(path)") }
}

/// A sentence about what went wrong, with the screen where there was one.
package struct TmuxFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

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

  #if canImport(Glibc)
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
  #else
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
  #endif
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)

  // The threads that run tests block all signals, and programs would inherit that.
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var noSignals = sigset_t()
  sigemptyset(&noSignals)
  posix_spawnattr_setsigmask(&attributes, &noSignals)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

  var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
  defer { for argument in cArguments { free(argument) } }
  var process: pid_t = 0
  let error = posix_spawnp(&process, arguments[0], &actions, &attributes, &cArguments, environ)
  close(ends[1])
  guard error == 0 else { throw TmuxFailure("cannot start \(arguments[0])") }

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

/// A sentence about what went wrong, with the screen where there was one.
package struct TmuxFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

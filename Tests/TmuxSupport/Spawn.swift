#if canImport(Glibc)
  import Glibc
  typealias SpawnActions = posix_spawn_file_actions_t
  typealias SpawnAttributes = posix_spawnattr_t
  /// `POSIX_SPAWN_SETSID`, which the module leaves out.
  private let setSession: Int32 = 0x80
#else
  import Darwin
  typealias SpawnActions = posix_spawn_file_actions_t?
  typealias SpawnAttributes = posix_spawnattr_t?
  private let setSession = Int32(POSIX_SPAWN_SETSID)
#endif

/// Starts a program found on `PATH` in a session of its own, whose terminal this is.
///
/// - Returns: the process, for which the caller must wait.
package func start(_ arguments: [String], onTerminal path: String) throws -> Int32 {
  try spawn(arguments, inNewSession: true) { actions in
    // A leader of a session without a terminal gets the first that it opens.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
  }
}

func spawn(
  _ arguments: [String], inNewSession: Bool = false, streams: (inout SpawnActions) -> Void
) throws -> Int32 {
  #if canImport(Glibc)
    let environment = environ
    var actions = SpawnActions()
    var attributes = SpawnAttributes()
  #else
    let environment = _NSGetEnviron().pointee
    var actions: SpawnActions = nil
    var attributes: SpawnAttributes = nil
  #endif
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  streams(&actions)

  // The threads that run tests block all signals, and programs would inherit that.
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var noSignals = sigset_t()
  sigemptyset(&noSignals)
  posix_spawnattr_setsigmask(&attributes, &noSignals)
  let flags = Int32(POSIX_SPAWN_SETSIGMASK) | (inNewSession ? setSession : 0)
  posix_spawnattr_setflags(&attributes, Int16(flags))

  var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
  defer { for argument in cArguments { free(argument) } }
  var process: pid_t = 0
  let error = posix_spawnp(&process, arguments[0], &actions, &attributes, &cArguments, environment)
  guard error == 0 else { throw TmuxFailure("cannot start \(arguments[0])") }
  return process
}

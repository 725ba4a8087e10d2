#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that is about to be started as a child, with no signal blocked or ignored because of
/// us, and no descriptors but those given.
struct Spawn {
  /// What a descriptor of the child is.
  enum Origin {
    case ours(Int32)
    case null
  }

  let program: String
  let arguments: [String]
  /// In this order, so that a number that is still needed must not be given away.
  let descriptors: [(Origin, Int32)]
  /// Whether it leads a session of its own: then it has no terminal, and a group of its own.
  let isSession: Bool
  /// What its environment has besides ours, as `NAME=value`.
  var variables: [String] = []

  /// - Returns: its process identity.
  func start() throws(PythonFailure) -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (origin, number) in descriptors {
      switch origin {
      case .ours(let descriptor):
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      case .null:
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
      }
    }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var ignoredByUs = sigset_t()
    sigemptyset(&ignoredByUs)
    sigaddset(&ignoredByUs, SIGPIPE)
    sigaddset(&ignoredByUs, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &ignoredByUs)
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    if isSession { flags |= Self.setSession }
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var process: pid_t = 0
    let code = withCStrings(arguments) { arguments in
      withEnvironment(adding: variables) {
        posix_spawn(&process, program, &actions, &attributes, arguments, $0)
      }
    }
    guard code == 0 else { throw .cannotStart(interpreter: program, code: code) }
    return process
  }

  /// `POSIX_SPAWN_SETSID`, which the module of the C library leaves out.
  #if canImport(Glibc)
    private static let setSession: Int32 = 0x80
  #else
    private static let setSession: Int32 = 0x400
  #endif
}

/// Calls a function with our own environment and more, as C wants it.
///
/// - Parameter variables: `NAME=value`, such as ours does not have.
func withEnvironment<Result>(
  adding variables: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  var ours: [UnsafeMutablePointer<CChar>?] = []
  while let variable = environ[ours.count] { ours.append(variable) }
  return withCStrings(variables) { body(ours + $0) }
}

/// Calls a function with strings as C wants them: an array of pointers with a null at its end.
func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}

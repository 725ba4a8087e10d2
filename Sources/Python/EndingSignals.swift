#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The signals by which a user or the system ends a program, kept back so that it can end well.
package struct EndingSignals {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]

  package init() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in Self.numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Whether one of them has come.
  package var haveCome: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return Self.numbers.contains { sigismember(&pending, $0) == 1 }
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The signals by which a user or the system ends a program, kept back so that it can end well.
package struct EndingSignals {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]
  private var before = sigset_t()

  package init() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in Self.numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, &before)
  }

  /// Lets them come, as before: one that has come takes effect.
  package mutating func release() { pthread_sigmask(SIG_SETMASK, &before, nil) }

  /// Whether one of them has come.
  package var haveCome: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return Self.numbers.contains { sigismember(&pending, $0) == 1 }
  }
}

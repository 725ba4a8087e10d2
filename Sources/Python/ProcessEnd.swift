#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a process ended.
package enum ProcessEnd: Equatable, Sendable {
  case exited(status: Int32)
  case signalled(Int32)
  /// Of a process that is not a child of ours: it has ended, and nobody tells us how.
  case unknown
  /// It goes on without us.
  case released
  /// One of the processes that a program has started: it has ended, the program has not.
  case amongOthers

  /// - Parameter waitStatus: what `waitpid` tells of a process that has ended.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited(status: (waitStatus >> 8) & 0xFF) : .signalled(signal)
  }

  /// Waits for a child of ours to end.
  static func wait(for process: pid_t) -> ProcessEnd {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      // Somebody else has waited for it: only that it ended is known.
      guard errno == EINTR else { return .exited(status: 0) }
    }
    return ProcessEnd(waitStatus: status)
  }

  /// How a child of ours has ended, nil if it has not. It stays a zombie, so that its identity and
  /// its group's are not given to others before the rest of the group was signalled.
  static func peek(at process: pid_t) -> ProcessEnd? {
    var info = siginfo_t()
    while waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 {
      guard errno == EINTR else { return .exited(status: 0) }
    }
    guard info.si_signo == SIGCHLD else { return nil }
    let status = info.childStatus
    return info.si_code == CLD_EXITED ? .exited(status: status) : .signalled(status)
  }
}

extension ProcessEnd: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exited: "ended: \(cause)"
    case .signalled: "ended by \(cause)"
    case .unknown: "ended"
    case .released: "goes on, and is not recorded any more"
    case .amongOthers: "goes on without this process"
    }
  }

  /// What ended it: `exit status 1`, `SIGKILL`.
  var cause: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let signal): Self.name(of: signal)
    case .unknown, .amongOthers: "a signal, or without a word"
    case .released: "the recording was stopped"
    }
  }

  static func name(of signal: Int32) -> String {
    let names: [Int32: String] = [
      SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL",
      SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
      SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2",
      SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGSYS: "SIGSYS",
      SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSTOP: "SIGSTOP", SIGTSTP: "SIGTSTP",
      SIGTTIN: "SIGTTIN", SIGTTOU: "SIGTTOU",
    ]
    return names[signal] ?? "signal \(signal)"
  }
}

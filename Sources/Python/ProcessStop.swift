#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// That a process was stopped by a signal, or goes on.
enum ProcessStop: Equatable {
  case stopped(by: Int32)
  case continued

  /// What has happened to a child of ours since this was last asked; nil if neither.
  static func take(of process: pid_t) -> ProcessStop? {
    var info = siginfo_t()
    while waitid(P_PID, id_t(process), &info, WSTOPPED | WCONTINUED | WNOHANG) != 0 {
      guard errno == EINTR else { return nil }
    }
    guard info.si_signo == SIGCHLD else { return nil }
    return info.si_code == CLD_STOPPED ? .stopped(by: info.childStatus) : .continued
  }
}

extension siginfo_t {
  /// The exit status of a child, or the signal that ended or stopped it.
  var childStatus: Int32 {
    #if canImport(Glibc)
      _sifields._sigchld.si_status
    #else
      si_status
    #endif
  }
}

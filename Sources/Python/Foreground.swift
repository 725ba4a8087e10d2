#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PythonProgram {
  /// Becomes the program: its process is this one, so that its input, output, signals and exit
  /// status are its own. Returns only by throwing.
  ///
  /// - Parameter path: the recording; it is `FILE.part` until the program's end.
  package func become(recordingTo path: String) throws(PythonFailure) -> Never {
    let recorder = try RecorderScript.writePrivately()
    let arguments = arguments(recorder: recorder.path, destination: ["--output", path])
    withCStrings(arguments) { arguments in
      withEnvironment(adding: variables) { _ = execve(interpreter.path, arguments, $0) }
    }
    let code = errno
    recorder.remove()
    throw .cannotStart(interpreter: interpreter.path, code: code)
  }

  /// Runs the program with our own streams, in our own process group, and waits for its end.
  /// Signals that are sent to us are sent on.
  ///
  /// - Parameters:
  ///   - path: where to keep the recording; nil to keep none.
  ///   - read: called after the end with the path of the recording, if there is one.
  package func runInForeground(
    recordingTo path: String?, read: (String) -> Void
  ) throws(PythonFailure) -> ProcessEnd {
    let recorder = try RecorderScript.writePrivately()
    defer { recorder.remove() }
    let scratch = path == nil ? try PrivateFile(name: "run.jsonl", contents: "") : nil
    defer { scratch?.remove() }
    let recording = path ?? scratch?.path ?? ""
    let forwarded = SignalSet.blocked()
    let process = try Spawn(
      program: interpreter.path,
      arguments: arguments(recorder: recorder.path, destination: ["--output", recording]),
      descriptors: [], isSession: false, variables: variables
    ).start()
    let end = forwarded.pass(to: process)
    let part = recording + ".part"
    // One that was killed did not give its recording its name.
    read(access(part, R_OK) == 0 ? part : recording)
    if path == nil { unlink(part) }
    return end
  }
}

/// The signals that a foreground program may be sent by way of us, and the one that tells its end.
private struct SignalSet {
  private var set = sigset_t()

  /// Blocks them, so that they can be waited for.
  static func blocked() -> SignalSet {
    var signals = SignalSet()
    sigemptyset(&signals.set)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD] {
      sigaddset(&signals.set, signal)
    }
    pthread_sigmask(SIG_BLOCK, &signals.set, nil)
    return signals
  }

  /// Sends every signal on to a child of ours, until it ends.
  func pass(to process: pid_t) -> ProcessEnd {
    while true {
      if let end = ProcessEnd.peek(at: process) {
        _ = ProcessEnd.wait(for: process)
        return end
      }
      if let signal = next(), signal != SIGCHLD { kill(process, signal) }
    }
  }

  /// - Returns: nil for one that the terminal sends to the whole group: the child has it already.
  private func next() -> Int32? {
    var set = set
    #if canImport(Glibc)
      var info = siginfo_t()
      let signal = sigwaitinfo(&set, &info)
      guard signal > 0 else { return nil }
      return info.si_code > 0 && signal != SIGCHLD ? nil : signal
    #else
      var signal: Int32 = 0
      sigwait(&set, &signal)
      return signal == SIGINT || signal == SIGQUIT ? nil : signal
    #endif
  }
}

extension ProcessEnd {
  /// Ends this process as that one ended, so that a shell sees the same.
  package func imitate() -> Never {
    switch self {
    case .exited(let status): exit(status)
    case .unknown, .released, .amongOthers: exit(0)
    case .signalled(let signal):
      // One dump of memory is enough.
      var none = rlimit()
      #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
      #else
        setrlimit(RLIMIT_CORE, &none)
      #endif
      systemSignal(signal)
      var set = sigset_t()
      sigemptyset(&set)
      sigaddset(&set, signal)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      kill(getpid(), signal)
      exit(128 + signal)
    }
  }
}

private func systemSignal(_ number: Int32) { signal(number, SIG_DFL) }

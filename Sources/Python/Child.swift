internal import Synchronization
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process of a Python program that is watched: a session of its own without a terminal, its
/// three streams pipes of ours, and a socket for the recorder.
final class Child: WatchedProcess {
  /// Also the identity of its group, and what everything that it starts belongs to.
  let process: pid_t
  let socket: Int32
  let pipes: [ChildPipe]
  private var input: Int32
  /// Sent to the program's standard input and not taken yet, since the pipe is full.
  private var unsent: [UInt8] = []
  private var closesInput = false
  private(set) var end: ProcessEnd?
  /// The signal that stopped it; nil while it goes on.
  private(set) var stop: Int32?

  /// The number that the recorder's socket has in the child.
  static let socketNumber: Int32 = 3

  /// Held while one is started: between the making of a descriptor and the word that nobody inherits
  /// it, no other thread may start a child, which would keep the descriptor open.
  private static let door = Mutex(())

  /// - Parameter variables: what its environment has besides ours, as `NAME=value`.
  static func start(
    program: String, variables: [String], arguments: [String]
  ) throws(PythonFailure) -> Child {
    try door.withLock { _ throws(PythonFailure) in
      try Child(program: program, variables: variables, arguments: arguments)
    }
  }

  private init(
    program: String, variables: [String], arguments: [String]
  ) throws(PythonFailure) {
    // The program may close its input before we have written to it.
    signal(SIGPIPE, SIG_IGN)
    let socket = try Descriptor.socketPair()
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    let errors = try Descriptor.pipe()
    defer { for end in [socket.theirs, input.read, output.write, errors.write] { close(end) } }
    do throws(PythonFailure) {
      process = try Spawn(
        program: program, arguments: arguments,
        descriptors: [
          (.ours(input.read), STDIN_FILENO), (.ours(output.write), STDOUT_FILENO),
          (.ours(errors.write), STDERR_FILENO), (.ours(socket.theirs), Self.socketNumber),
        ],
        isSession: true, variables: variables
      ).start()
    } catch {
      for end in [socket.ours, input.write, output.read, errors.read] { close(end) }
      throw error
    }
    for end in [socket.ours, input.write, output.read, errors.read] {
      Descriptor.makeNonblocking(end)
    }
    self.socket = socket.ours
    self.input = input.write
    pipes = [
      ChildPipe(descriptor: output.read, stream: .stdout),
      ChildPipe(descriptor: errors.read, stream: .stderr),
    ]
  }

  deinit {
    closeInput()
    for end in [socket] + pipes.map(\.descriptor) { close(end) }
  }

  // MARK: Standard input

  var takesInput: Bool { input >= 0 && !closesInput && end == nil }

  func write(input text: String?) {
    if let text { unsent += text.utf8 } else { closesInput = true }
    sendInput()
  }

  func sendInput() {
    guard input >= 0 else { return }
    if !unsent.isEmpty {
      let count = Descriptor.write(unsent[...], to: input)
      unsent.removeFirst(count)
      if !unsent.isEmpty, errno != EAGAIN, errno != EWOULDBLOCK {
        unsent = []
        closeInput()
      }
    }
    if closesInput, unsent.isEmpty { closeInput() }
  }

  private func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  // MARK: The end

  func lookForEnd() {
    guard end == nil else { return }
    end = ProcessEnd.peek(at: process)
    switch ProcessStop.take(of: process) {
    case .stopped(let signal): stop = signal
    case .continued: stop = nil
    case nil: break
    }
  }

  /// It goes on without telling anything, as after `execv`.
  func socketHasClosed(lastMark: String?) {}

  func sibling(over socket: Int32, pipes: [ChildPipe]) -> Subprocess? {
    Subprocess(of: self, socket: socket, pipes: pipes)
  }

  /// A server's first process has nothing to do but to watch over the others.
  var givesWay: Bool { true }

  /// With everything in its group.
  func interrupt() { kill(-process, SIGINT) }

  /// Asks it and everything in its group to end.
  func ask() {
    kill(-process, SIGTERM)
    // What is stopped cannot obey.
    kill(-process, SIGCONT)
  }

  /// Whether nothing of its group is left but the zombie that we keep of it.
  func isAlone() -> Bool {
    lookForEnd()
    guard end != nil else { return false }
    reap()
    return kill(-process, 0) != 0
  }

  /// Ends everything in its group at once.
  func force() {
    kill(-process, SIGKILL)
    if end == nil { end = ProcessEnd.wait(for: process) } else { reap() }
  }

  private var isReaped = false

  private func reap() {
    guard !isReaped else { return }
    isReaped = true
    _ = ProcessEnd.wait(for: process)
  }
}

import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A Python process that others have started, with a recorder in it that tells us what happens. Its
/// streams and its end are its own: when we part, it goes on.
final class Attachment: WatchedProcess {
  private let program: RunningProgram
  let socket: Int32
  let pipes: [ChildPipe] = []
  private(set) var end: ProcessEnd?

  /// How long its main thread may take to come by, in nanoseconds.
  private static let patience: UInt64 = 20_000_000_000

  /// Has the process load the recorder, and waits for its first word.
  ///
  /// - Parameter tell: takes a sentence for the user, if that lasts.
  /// - Throws: a ``PythonFailure`` that says why it cannot be attached to.
  init(
    to program: RunningProgram, isHeld: Bool, tell: (String) -> Void
  ) throws(PythonFailure) {
    signal(SIGPIPE, SIG_IGN)
    self.program = program
    var ending = EndingSignals()
    defer { ending.release() }
    let door = try Door(for: program, isHeld: isHeld)
    defer { door.remove() }
    try RemoteScript.ask(program, toRun: door.script, isForAnyThread: true)
    var told: UInt64? = monotonic() + Self.patience / 20
    let guest = door.accept(within: Self.patience) {
      if let moment = told, monotonic() > moment {
        told = nil
        tell(
          "The main thread of process \(program.process) "
            + "\(ProcessFiles.occupation(of: program.process)), and has to come by first. "
            + "Ctrl-C gives up.")
      }
      return ending.haveCome
    }
    guard let socket = guest else {
      let occupation = ProcessFiles.occupation(of: program.process)
      RemoteScript.withdraw(program)
      throw .cannotAttach(
        Int(program.process),
        why: ending.haveCome
          ? "its main thread had not come by yet"
          : "its main thread \(occupation), and did not come by within "
            + "\(Self.patience / 1_000_000_000) seconds")
    }
    self.socket = socket
    try hearOut(program)
    Descriptor.makeNonblocking(socket)
  }

  deinit { close(socket) }

  /// A recorder that is at work begins with its header, and one that refuses says why.
  private func hearOut(_ program: RunningProgram) throws(PythonFailure) {
    var first: UInt8 = 0
    let brace = UInt8(ascii: "{")
    guard recv(socket, &first, 1, Int32(MSG_PEEK)) == 1, first == brace else {
      var room = [UInt8](repeating: 0, count: 4096)
      var said: [UInt8] = []
      while said.count < 4096,
        case .bytes(let count) = room.withUnsafeMutableBytes({ Descriptor.read(socket, into: $0) })
      {
        said += room[..<count]
      }
      throw .cannotAttach(
        Int(program.process),
        why: said.isEmpty ? "it has ended" : String(decoding: said, as: UTF8.self))
    }
  }

  // MARK: As a watched process

  var stop: Int32? { nil }
  var takesInput: Bool { false }
  func write(input text: String?) {}
  func sendInput() {}
  func interrupt() {}
  func lookForEnd() {}

  func socketHasClosed(lastMark: String?) {
    end = lastMark == RecordingFormat.stopped ? .released : .unknown
  }

  func ask() { command("leave") }
  func isAlone() -> Bool { end != nil }
  /// It notices that we have gone once its loop comes by, or is told so if none runs.
  func force() {
    guard end == nil else { return }
    end = .released
    RemoteScript.askToLeave(program)
  }
}

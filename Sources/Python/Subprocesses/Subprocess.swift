import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that a watched program has started, with a recorder of its own in it. All else that is
/// watched, its streams and its end, is the whole program's.
final class Subprocess: WatchedProcess {
  private let child: Child
  let socket: Int32
  /// As they stood when this process came to be watched.
  let pipes: [ChildPipe]
  private(set) var end: ProcessEnd?
  private var room = [UInt8](repeating: 0, count: 16 << 10)

  /// - Parameter socket: by which its recorder has come; from now on this one's.
  init(of child: Child, socket: Int32, pipes: [ChildPipe]) {
    self.child = child
    self.socket = socket
    self.pipes = pipes
    Descriptor.makeNonblocking(socket)
  }

  deinit { close(socket) }

  var stop: Int32? { child.stop }
  var takesInput: Bool { child.takesInput }
  func write(input text: String?) { child.write(input: text) }
  func sendInput() { child.sendInput() }
  func interrupt() { child.interrupt() }

  /// The program's first process tells what it does as well: nobody asks for that any more, but it
  /// must not wait for being read.
  func lookForEnd() {
    child.lookForEnd()
    while case .bytes = room.withUnsafeMutableBytes({ Descriptor.read(child.socket, into: $0) }) {}
  }

  func socketHasClosed(lastMark: String?) {
    child.lookForEnd()
    end = lastMark == RecordingFormat.stopped ? .released : child.end ?? .amongOthers
  }

  func sibling(over socket: Int32, pipes: [ChildPipe]) -> Subprocess? {
    child.sibling(over: socket, pipes: pipes)
  }

  func ask() { child.ask() }
  func isAlone() -> Bool { child.isAlone() }

  func force() {
    child.force()
    end = end ?? child.end
  }
}

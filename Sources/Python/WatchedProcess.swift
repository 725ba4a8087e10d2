/// A process that runs a Python program under the recorder: one that we have started, or one to
/// which we have attached.
protocol WatchedProcess: AnyObject {
  /// Over which the recorder tells what happens and takes commands; it does not block.
  var socket: Int32 { get }
  /// What the process writes to its streams, as far as that comes to us.
  var pipes: [ChildPipe] { get }
  /// How it ended, or how we parted; nil before that.
  var end: ProcessEnd? { get }
  /// The signal that stopped it; nil while it goes on.
  var stop: Int32? { get }
  var takesInput: Bool { get }

  func write(input text: String?)
  /// Sends what is left of the input as far as it is taken.
  func sendInput()
  /// As a terminal does at a Ctrl-C.
  func interrupt()
  /// Looks whether it has ended, and how, or was stopped.
  func lookForEnd()
  /// Nothing will come over the socket any more.
  ///
  /// - Parameter lastMark: the text of the recorder's last event, if that was a mark.
  func socketHasClosed(lastMark: String?)
  /// Another process of the same program.
  ///
  /// - Parameters:
  ///   - socket: by which its recorder has come; from now on that one's.
  ///   - pipes: the program's, as they stand.
  /// - Returns: nil where none can come.
  func sibling(over socket: Int32, pipes: [ChildPipe]) -> Subprocess?
  /// Whether such a one is watched instead even while this one runs.
  var givesWay: Bool { get }
  /// Asks for the end of what we have with it: that it ends, or that it goes on without us.
  func ask()
  /// Whether that end has come.
  func isAlone() -> Bool
  /// Brings it about at once.
  func force()
}

extension WatchedProcess {
  func sibling(over socket: Int32, pipes: [ChildPipe]) -> Subprocess? { nil }
  var givesWay: Bool { false }

  /// Sends a command to the recorder. A command that finds the socket full is lost, which takes
  /// thousands that nobody has read.
  func command(_ word: String) {
    _ = Descriptor.write(Array("\(word)\n".utf8)[...], to: socket)
  }
}

import Trace

extension PythonSource {
  /// Starts a program, which begins held, and waits until the recorder is at work.
  ///
  /// - Throws: a ``PythonFailure`` if the interpreter does not get so far.
  package convenience init(_ program: PythonProgram) throws(PythonFailure) {
    let recorder = try RecorderScript.writePrivately()
    defer { recorder.remove() }
    let door = program.tellsSubprocesses ? try SubprocessDoor() : nil
    let child = try Child.start(
      program: program.interpreter.path, variables: program.variables,
      arguments: program.arguments(
        recorder: recorder.path,
        destination: ["--socket", "\(Child.socketNumber)", "--hold"]
          + (door.map { ["--door", $0.path] } ?? [])))
    do throws(PythonFailure) {
      try self.init(child, running: program, door: door, isHeld: true)
    } catch {
      child.force()
      throw error
    }
  }

  /// Attaches to a program that runs, which goes on or is held, and waits until the recorder is at
  /// work.
  ///
  /// - Parameter tell: takes a sentence for the user, if that lasts.
  /// - Throws: a ``PythonFailure`` if it does not get so far.
  package convenience init(
    attachingTo program: RunningProgram, isHeld: Bool, tell: (String) -> Void
  ) throws(PythonFailure) {
    let attachment = try Attachment(to: program, isHeld: isHeld, tell: tell)
    do throws(PythonFailure) {
      try self.init(attachment, running: nil, door: nil, isHeld: isHeld)
    } catch {
      attachment.force()
      throw error
    }
  }

  /// How long an interpreter may take until the recorder says its first word, in nanoseconds.
  private static let patience: UInt64 = 20_000_000_000

  /// Waits for the header: the recorder's first word.
  ///
  /// - Throws: a ``PythonFailure`` with what the program said instead.
  static func begin(
    _ process: any WatchedProcess, _ stream: inout RecordingStream, _ pipes: inout [ChildPipe]
  ) throws(PythonFailure) -> RunHeader {
    var room = [UInt8](repeating: 0, count: 64 << 10)
    let limit = monotonic() + patience
    while true {
      process.lookForEnd()
      for place in pipes.indices where pipes[place].isOpen {
        _ = pipes[place].read(atMost: mostBytes, by: &room)
      }
      let found = room.withUnsafeMutableBytes { Descriptor.read(process.socket, into: $0) }
      switch found {
      case .bytes(let count):
        room.withUnsafeBytes { stream.take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        if let header = stream.header { return header }
        continue
      case .nothingYet: break
      case .end: process.socketHasClosed(lastMark: nil)
      }
      if process.end != nil || monotonic() > limit { break }
      Descriptor.wait(
        for: [process.socket] + pipes.filter(\.isOpen).map(\.descriptor), milliseconds: 20)
    }
    let ending = process.end.map { "\($0)" } ?? "was silent for \(patience / 1_000_000_000) seconds"
    let said = pipes.indices.flatMap { place in
      pipes[place].sieve.drain(at: 0, isLast: true)
    }
    throw .neverBegan(ending: ending, said: said.joined())
  }
}

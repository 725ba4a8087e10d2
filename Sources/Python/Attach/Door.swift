/// A private folder in which a process that is to be attached to finds the recorder, and a socket by
/// which it comes to us.
final class Door {
  /// The path of what the process is to execute.
  let script: String
  private let folder: PrivateFolder
  private let socket: ListeningSocket

  init(for program: RunningProgram, isHeld: Bool) throws(PythonFailure) {
    folder = try PrivateFolder()
    do throws(PythonFailure) {
      let recorder = try folder.write("loopscope_recorder.py", RecorderScript.text)
      _ = try program.interpreter.output(
        of: [
          "-I", "-c", RemoteScript.compiling, recorder, folder.place(for: RemoteScript.recorder),
        ])
      script = try folder.write(
        "attach.py", RemoteScript.attaching(program, isHeld: isHeld, folder: folder.path))
      socket = try ListeningSocket(at: folder.place(for: "socket"))
    } catch {
      folder.remove()
      throw error
    }
    folder.handOver(to: program.process)
  }

  func remove() { folder.remove() }

  /// Waits for who comes.
  ///
  /// - Returns: a connected socket that blocks; nil if nobody has come by then, or it was given up.
  func accept(within nanoseconds: UInt64, unless isGivenUp: () -> Bool) -> Int32? {
    let limit = monotonic() + nanoseconds
    while monotonic() < limit, !isGivenUp() {
      Descriptor.wait(for: [socket.descriptor], milliseconds: 100)
      if let guest = socket.accept() { return guest }
    }
    return nil
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A private folder in which a process that is to be attached to finds the recorder, and a socket by
/// which it comes to us.
final class Door {
  /// The path of what the process is to execute.
  let script: String
  private let folder: PrivateFolder
  private let socket: Int32

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
      socket = try Self.listen(at: folder.place(for: "socket"))
    } catch {
      folder.remove()
      throw error
    }
    folder.handOver(to: program.process)
  }

  deinit { close(socket) }

  func remove() { folder.remove() }

  /// Waits for who comes.
  ///
  /// - Returns: a connected socket that blocks; nil if nobody has come by then, or it was given up.
  func accept(within nanoseconds: UInt64, unless isGivenUp: () -> Bool) -> Int32? {
    let limit = monotonic() + nanoseconds
    while monotonic() < limit, !isGivenUp() {
      Descriptor.wait(for: [socket], milliseconds: 100)
      let guest = systemAccept(socket)
      if guest >= 0 {
        _ = fcntl(guest, F_SETFD, FD_CLOEXEC)
        _ = fcntl(guest, F_SETFL, fcntl(guest, F_GETFL) & ~O_NONBLOCK)
        return guest
      }
    }
    return nil
  }

  private static func listen(at path: String) throws(PythonFailure) -> Int32 {
    let socket = try Descriptor.streamSocket()
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      close(socket)
      throw .cannotPrepare(code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 }
    }
    guard isBound, systemListen(socket) == 0 else {
      let code = errno
      close(socket)
      throw .cannotPrepare(code: code)
    }
    Descriptor.makeNonblocking(socket)
    return socket
  }
}

private func systemAccept(_ socket: Int32) -> Int32 { accept(socket, nil, nil) }

private func systemListen(_ socket: Int32) -> Int32 { listen(socket, 1) }

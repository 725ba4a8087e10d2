#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the processes that a watched program starts come to be watched themselves.
final class SubprocessDoor {
  let path: String
  private let folder: PrivateFolder
  private let socket: ListeningSocket
  /// Who was let in and waits.
  private var guest: Int32?

  init() throws(PythonFailure) {
    folder = try PrivateFolder()
    path = folder.place(for: "socket")
    do throws(PythonFailure) {
      socket = try ListeningSocket(at: path)
    } catch {
      folder.remove()
      throw error
    }
  }

  deinit {
    if let guest { close(guest) }
    remove()
  }

  /// Nobody comes any more. A process that is about to end by a signal frees nothing by itself.
  func remove() { folder.remove() }

  /// Becomes readable when somebody comes.
  var descriptor: Int32 { socket.descriptor }

  /// Whether somebody waits to be watched.
  func hasGuest() -> Bool {
    guest = guest ?? socket.accept()
    return guest != nil
  }

  /// - Returns: the socket of who came first, which is from now on the caller's; nil if nobody waits.
  func takeGuest() -> Int32? {
    defer { guest = nil }
    return guest ?? socket.accept()
  }
}

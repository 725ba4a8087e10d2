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
  /// Who was let in and waits to be watched.
  private var guest: Int32?
  /// Whether that one has said something.
  private var hasSpoken = false

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

  /// What becomes readable when ``hasGuest()`` may have another answer.
  var descriptors: [Int32] {
    [socket.descriptor] + (hasSpoken ? [] : guest.map { [$0] } ?? [])
  }

  /// Whether somebody waits who has a loop to show, and has not gone again.
  func hasGuest() -> Bool {
    while let other = guest ?? socket.accept() {
      var first: UInt8 = 0
      let count = recv(other, &first, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
      if count == 1 || count < 0 && (errno == EAGAIN || errno == EINTR) {
        guest = other
        hasSpoken = count == 1
        return hasSpoken
      }
      close(other)
      guest = nil
    }
    return false
  }

  /// - Returns: the socket of who waits, which is from now on the caller's.
  func takeGuest() -> Int32? {
    defer { (guest, hasSpoken) = (nil, false) }
    return guest
  }

  /// Has all who wait go on without us.
  func refuseGuests() {
    while let other = guest ?? socket.accept() {
      // Without a word it would be as if the screen had gone.
      _ = Descriptor.write(Array("leave\n".utf8)[...], to: other)
      close(other)
      guest = nil
    }
  }
}

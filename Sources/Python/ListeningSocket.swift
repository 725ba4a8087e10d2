#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A stream socket with a place in the file system, at which others come to us.
final class ListeningSocket {
  let descriptor: Int32

  /// - Parameter path: where nothing is yet; shorter than a socket's address may be.
  init(at path: String) throws(PythonFailure) {
    descriptor = try Descriptor.streamSocket()
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw .cannotPrepare(code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
    }
    guard isBound, listen(descriptor, Self.mostWaiting) == 0 else {
      throw .cannotPrepare(code: errno)
    }
    Descriptor.makeNonblocking(descriptor)
  }

  deinit { close(descriptor) }

  private static let mostWaiting: Int32 = 16

  /// Takes in who has come first.
  ///
  /// - Returns: a connected socket that blocks; nil if nobody waits.
  func accept() -> Int32? {
    let guest = systemAccept(descriptor)
    guard guest >= 0 else { return nil }
    _ = fcntl(guest, F_SETFD, FD_CLOEXEC)
    _ = fcntl(guest, F_SETFL, fcntl(guest, F_GETFL) & ~O_NONBLOCK)
    return guest
  }
}

private func systemAccept(_ socket: Int32) -> Int32 { accept(socket, nil, nil) }

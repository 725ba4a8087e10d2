#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Descriptors of files, pipes and sockets that no other program inherits.
enum Descriptor {
  /// - Returns: the end to read from and the end to write to.
  static func pipe() throws(PythonFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard systemPipe(&ends) == 0 else { throw .cannotPrepare(code: errno) }
    for end in ends { keepPrivate(end) }
    return (ends[0], ends[1])
  }

  /// - Returns: two connected stream sockets.
  static func socketPair() throws(PythonFailure) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else { throw .cannotPrepare(code: errno) }
    for end in ends { keepPrivate(end) }
    return (ends[0], ends[1])
  }

  /// - Returns: a stream socket that has no name yet.
  static func streamSocket() throws(PythonFailure) -> Int32 {
    let descriptor = socket(AF_UNIX, stream, 0)
    guard descriptor >= 0 else { throw .cannotPrepare(code: errno) }
    keepPrivate(descriptor)
    return descriptor
  }

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif

  static func makeNonblocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// What a read has found.
  enum Found {
    case bytes(Int)
    case nothingYet
    /// Nothing will ever come again.
    case end
  }

  static func read(_ descriptor: Int32, into room: UnsafeMutableRawBufferPointer) -> Found {
    while true {
      let count = systemRead(descriptor, room)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN || errno == EWOULDBLOCK { return .nothingYet }
      if errno != EINTR { return .end }
    }
  }

  /// Writes to a file or a pipe.
  ///
  /// - Returns: how many bytes were taken before it would have blocked or failed.
  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        break
      }
    }
    return bytes.count - rest.count
  }

  /// Waits until one of them can be read, or is at its end, for some time at most.
  static func wait(for descriptors: [Int32], milliseconds: Int32) {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&polled, nfds_t(polled.count), milliseconds)
  }

  private static func keepPrivate(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
}

private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

private func systemRead(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, room.baseAddress, room.count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// The system's steady clock in nanoseconds.
func monotonic() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that gets its name when it is complete: until then it is `FILE.part`.
package final class OutputFile {
  /// An `errno`.
  package struct Failure: Error {
    var code: Int32

    /// Whether nobody reads any more.
    package var isOfBrokenPipe: Bool { code == EPIPE }

    /// As the system says it: `No space left on device`.
    package var reason: String { String(cString: strerror(code)) }
  }

  private let path: String
  /// Where the bytes go: `FILE.part`, or the path itself if that is a device or a pipe.
  let writtenPath: String
  private let descriptor: Int32

  /// Opens `FILE.part` anew; what an earlier recorder left under that name is removed.
  ///
  /// A link stays one: what it leads to is replaced.
  package init(path: String) throws(Failure) {
    let path = Self.resolved(path)
    let isSpecial = try Self.isSpecial(path)
    let writtenPath = isSpecial ? path : path + ".part"
    let descriptor = isSpecial ? open(path, O_WRONLY | O_CLOEXEC) : Self.create(writtenPath)
    if descriptor < 0 { throw Failure(code: errno) }
    self.path = path
    self.writtenPath = writtenPath
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Sees whether there can be such a file, for another program that is to write it.
  static func check(path: String) throws(Failure) {
    if try isSpecial(path) {
      // To open a pipe would be to wait for its reader.
      if access(path, W_OK) != 0 { throw Failure(code: errno) }
    } else {
      try OutputFile(path: path).discard()
    }
  }

  /// Where a path leads to; itself where there is nothing yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether the path is that of a device or a pipe.
  private static func isSpecial(_ path: String) throws(Failure) -> Bool {
    if path.isEmpty { throw Failure(code: ENOENT) }
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure(code: EISDIR) }
    return status.st_mode & S_IFMT != S_IFREG
  }

  /// Whether there is an ordinary file already that is not empty.
  static func isFileWithText(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
  }

  private static func create(_ path: String) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = open(path, flags, 0o666)
    guard descriptor < 0, errno == EEXIST, unlink(path) == 0 else { return descriptor }
    return open(path, flags, 0o666)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    try Self.write(bytes, to: descriptor)
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) throws(Failure) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = systemWrite(descriptor, start, rest.count)
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else if errno != EINTR {
        throw Failure(code: errno)
      }
    }
  }

  package func write(_ text: String) throws(Failure) { try Self.write(text, to: descriptor) }

  package static func writeToStandardOutput(_ text: String) throws(Failure) {
    try write(text, to: STDOUT_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) throws(Failure) {
    var text = text
    // A closure that throws a type of its own would lose it in `withUTF8`.
    let failure = text.withUTF8 { bytes -> Failure? in
      do throws(Failure) {
        try write(UnsafeRawBufferPointer(bytes), to: descriptor)
      } catch {
        return error
      }
      return nil
    }
    if let failure { throw failure }
  }

  /// Removes what was created: nothing worth keeping is in it.
  package func discard() {
    if writtenPath != path { unlink(writtenPath) }
  }

  /// Gives the file its own name.
  package func finish() throws(Failure) {
    if writtenPath != path, rename(writtenPath, path) != 0 { throw Failure(code: errno) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

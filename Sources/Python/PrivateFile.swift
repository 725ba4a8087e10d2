#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file in a folder that only this user can enter.
struct PrivateFile {
  let path: String
  private let folder: String

  init(name: String, contents: String) throws(PythonFailure) {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array(
      "\(temporary.hasPrefix("/") ? temporary : "/tmp")/loopscope-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotPrepare(code: errno) }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = "\(folder)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      rmdir(folder)
      throw .cannotPrepare(code: code)
    }
    defer { close(descriptor) }
    guard Descriptor.write(Array(contents.utf8)[...], to: descriptor) == contents.utf8.count else {
      let code = errno
      remove()
      throw .cannotPrepare(code: code)
    }
  }

  /// Removes it, if nobody has done so.
  func remove() {
    unlink(path)
    rmdir(folder)
  }
}

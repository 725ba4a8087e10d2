#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that only one user can enter: we, until it is handed over.
///
/// Whoever has it then may put anything in its place. So we hold on to the folder itself, and never
/// look for it by its path again.
final class PrivateFolder {
  let path: String
  private let descriptor: Int32
  private var names: [String] = []

  init() throws(PythonFailure) {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array(
      "\(temporary.hasPrefix("/") ? temporary : "/tmp")/loopscope-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotPrepare(code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      rmdir(path)
      throw .cannotPrepare(code: code)
    }
  }

  deinit { close(descriptor) }

  /// - Returns: the file's path.
  func write(_ name: String, _ contents: String) throws(PythonFailure) -> String {
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .cannotPrepare(code: errno) }
    names.append(name)
    defer { close(file) }
    guard Descriptor.write(Array(contents.utf8)[...], to: file) == contents.utf8.count else {
      throw .cannotPrepare(code: errno)
    }
    return "\(path)/\(name)"
  }

  /// The path of something that the caller is about to make there.
  func place(for name: String) -> String {
    names.append(name)
    return "\(path)/\(name)"
  }

  /// Gives it and what is in it to a process's user, if that is another one and we may do that.
  func handOver(to process: pid_t) {
    var status = stat()
    guard getuid() == 0, stat("/proc/\(process)", &status) == 0, status.st_uid != 0 else { return }
    for name in names {
      fchownat(descriptor, name, status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW)
    }
    // Last: from now on its owner may enter it.
    fchown(descriptor, status.st_uid, status.st_gid)
  }

  /// Removes it with what we have put there, as far as nobody has done so.
  func remove() {
    for name in names { unlinkat(descriptor, name, 0) }
    rmdir(path)
  }
}

/// A file in a folder of its own that only this user can enter.
struct PrivateFile {
  let path: String
  private let folder: PrivateFolder

  init(name: String, contents: String) throws(PythonFailure) {
    folder = try PrivateFolder()
    do throws(PythonFailure) {
      path = try folder.write(name, contents)
    } catch {
      folder.remove()
      throw error
    }
  }

  /// Removes it, if nobody has done so.
  func remove() { folder.remove() }
}

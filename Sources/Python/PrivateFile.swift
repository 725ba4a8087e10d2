#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that only one user can enter.
struct PrivateFolder {
  let path: String
  /// Who can enter it, if that is not this user.
  private let owner: (user: uid_t, group: gid_t)?

  /// - Parameter process: whose user is to have it, if we may do that; nil for this user.
  init(for process: pid_t? = nil) throws(PythonFailure) {
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array(
      "\(temporary.hasPrefix("/") ? temporary : "/tmp")/loopscope-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotPrepare(code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    var status = stat()
    if let process, getuid() == 0, stat("/proc/\(process)", &status) == 0, status.st_uid != 0 {
      owner = (status.st_uid, status.st_gid)
    } else {
      owner = nil
    }
    handOver(path)
  }

  /// - Returns: the file's path.
  func write(_ name: String, _ contents: String) throws(PythonFailure) -> String {
    let path = "\(self.path)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotPrepare(code: errno) }
    defer { close(descriptor) }
    guard Descriptor.write(Array(contents.utf8)[...], to: descriptor) == contents.utf8.count else {
      throw .cannotPrepare(code: errno)
    }
    handOver(path)
    return path
  }

  /// Gives something in it to whose it is.
  func handOver(_ path: String) {
    if let owner { _ = lchown(path, owner.user, owner.group) }
  }

  /// Removes it with the files in it, if nobody has done so.
  func remove() {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { unlink("\(path)/\(name)") }
      }
      closedir(folder)
    }
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

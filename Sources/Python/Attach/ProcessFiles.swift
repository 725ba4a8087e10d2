#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What Linux tells of processes in `/proc`; elsewhere, nothing.
enum ProcessFiles {
  static func processes() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let process = pid_t(name) { found.append(process) }
    }
    return found
  }

  /// The path of what a process runs; nil, with `errno`, if that is not to be seen.
  static func program(of process: pid_t) -> String? { link("/proc/\(process)/exe") }

  /// Names the files that a process sees, which in a container are others.
  static func mounts(of process: pid_t) -> String? { link("/proc/\(process)/ns/mnt") }

  /// Whether to start what a process runs does nothing that another user wants, which matters with
  /// root's rights: we run it already, or it is ours or the system's.
  static func isTrusted(_ path: String, runBy process: pid_t) -> Bool {
    var status = stat()
    if stat("/proc/\(process)", &status) == 0, status.st_uid == getuid() { return true }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let places: [String] = [path, folder.isEmpty ? "/" : folder]
    return places.allSatisfy { (place: String) in
      stat(place, &status) == 0 && (status.st_uid == 0 || status.st_uid == getuid())
        && status.st_mode & S_IWOTH == 0
    }
  }

  static func isPython(_ path: String) -> Bool {
    path.split(separator: "/").last?.hasPrefix("python") == true
  }

  /// The words by which a process was started.
  static func words(of process: pid_t) -> [String]? {
    text("/proc/\(process)/cmdline")?.split(separator: "\0").map(String.init)
  }

  /// The process that a thread is one of.
  static func process(ofThread thread: pid_t) -> pid_t? {
    let lines = text("/proc/\(thread)/status")?.split(separator: "\n") ?? []
    return lines.first { $0.hasPrefix("Tgid:") }
      .flatMap { $0.split(separator: "\t").last }.flatMap { pid_t($0) }
  }

  /// The process that has started a process; nil where nobody tells.
  static func parent(of process: pid_t) -> pid_t? {
    // Its name, which may be anything, stands in parentheses.
    let fields = text("/proc/\(process)/stat")?.split(separator: ")").last?.split(separator: " ")
    return fields.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
  }

  /// The system's letter for what a process does: `R` if it runs, `T` if it was stopped.
  static func state(of process: pid_t) -> Character? {
    let line = text("/proc/\(process)/stat")
    return line?.split(separator: ")").last?.first { $0 != " " }
  }

  /// What a process's main thread does that keeps it from anything else, as the end of a sentence.
  static func occupation(of process: pid_t) -> String {
    if state(of: process) == "T" { return "was stopped" }
    let place = text("/proc/\(process)/wchan") ?? ""
    let known = [
      ("futex", "waits for a lock, or for another thread"), ("read", "waits for input"),
      ("wait_woken", "waits for input"), ("do_wait", "waits for another process"),
      ("sleep", "sleeps"), ("poll", "waits for input or output"),
    ]
    return known.first { place.contains($0.0) }?.1 ?? "is in C code"
  }

  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var room = [UInt8](repeating: 0, count: 4096)
    guard case .bytes(let count) = room.withUnsafeMutableBytes({ Descriptor.read(file, into: $0) })
    else { return nil }
    return String(decoding: room[..<count], as: UTF8.self)
  }

  private static func link(_ path: String) -> String? {
    var room = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &room, room.count)
    guard count > 0 else { return nil }
    return String(decoding: room[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

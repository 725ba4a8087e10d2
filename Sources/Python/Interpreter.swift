#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An interpreter that the recorder can run under.
package struct Interpreter: Equatable, Sendable {
  package let path: String
  /// As it says itself: `3.12.1`.
  package let version: String

  /// Finds the interpreter that the user means: the one named, else that of the active virtual
  /// environment, else that of the one in which the script is installed, else `python3` on `PATH`. Asks
  /// it for its version, which takes milliseconds.
  ///
  /// - Parameters:
  ///   - named: a path, or a name to look for on `PATH`; nil if the user named none.
  ///   - script: what it is to run; nil for a module.
  package static func find(
    named: String?, for script: String? = nil, environment: (String) -> String? = variable
  ) throws(PythonFailure) -> Interpreter {
    let path = try locate(named: named, for: script, environment: environment)
    let said = try versionAnswer(of: path)
    guard let version = version(in: said) else {
      throw .noVersion(interpreter: path, said: said)
    }
    guard isSupported(version) else { throw .wrongVersion(interpreter: path, version: version) }
    return Interpreter(path: path, version: version)
  }

  static func locate(
    named: String?, for script: String?, environment: (String) -> String?
  ) throws(PythonFailure) -> String {
    let search = environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    if let named {
      if named.contains("/") {
        guard isExecutable(named) else { throw .notFound(interpreter: named) }
        return named
      }
      guard let found = find(named, on: search) else { throw .notFound(interpreter: named) }
      return found
    }
    if let active = environment("VIRTUAL_ENV"), !active.isEmpty {
      // An environment that was removed is still named by the shell that had it active.
      if let path = inFolder("\(active)/bin") { return path }
    }
    if let path = script.flatMap(besideInstalled) { return path }
    guard let found = find("python3", on: search) else { throw .noInterpreter }
    return found
  }

  private static func inFolder(_ folder: String) -> String? {
    ["python3", "python"].map { "\(folder)/\($0)" }.first(where: isExecutable)
  }

  /// That of the virtual environment whose commands a script is one of, such as `.venv/bin/uvicorn`; also by a
  /// link to it.
  private static func besideInstalled(_ script: String) -> String? {
    guard let real = realpath(script, nil) else { return nil }
    defer { free(real) }
    let folders = String(cString: real).split(separator: "/").dropLast()
    let settings = "/" + folders.dropLast().joined(separator: "/") + "/pyvenv.cfg"
    guard folders.last == "bin", access(settings, F_OK) == 0 else { return nil }
    return inFolder("/" + folders.joined(separator: "/"))
  }

  /// Whether a word before the program is an interpreter: `python3.12`, `.venv/bin/python`; not a file
  /// or a folder of that name here.
  package static func isNamed(by word: String) -> Bool {
    let name = word.split(separator: "/").last ?? ""
    guard name.wholeMatch(of: /python(3(\.[0-9]+t?)?)?/) != nil else { return false }
    return word.contains("/") ? isExecutable(word) : access(word, F_OK) != 0
  }

  /// The version in an answer such as `Python 3.12.1`, or `Python 3.13.0rc2+`.
  static func version(in answer: String) -> String? {
    let words = answer.split { $0 == " " || $0 == "\n" }
    guard words.count >= 2, words[0] == "Python", words[1].first?.isNumber == true else {
      return nil
    }
    return String(words[1])
  }

  /// Of CPython 3, those that the recorder is made for.
  package static let supportedMinors = 6...15
  package static let supportedVersions =
    "3.\(supportedMinors.lowerBound) to 3.\(supportedMinors.upperBound)"

  static func isSupported(_ version: String) -> Bool {
    let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
    return numbers.count == 2 && numbers[0] == 3 && supportedMinors.contains(numbers[1])
  }

  /// A variable of our own environment.
  package static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func find(_ name: String, on search: String) -> String? {
    for folder in search.split(separator: ":", omittingEmptySubsequences: false) {
      let path = folder.isEmpty ? "./\(name)" : "\(folder)/\(name)"
      if isExecutable(path) { return path }
    }
    return nil
  }

  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }

  /// What it prints when it is asked for its version, on either stream: Python 2 uses stderr.
  private static func versionAnswer(of path: String) throws(PythonFailure) -> String {
    try output(of: path, ["-V"])
  }

  /// The first line that it prints, on either stream, when it is called with some arguments.
  func output(of arguments: [String]) throws(PythonFailure) -> String {
    try Self.output(of: path, arguments)
  }

  private static func output(
    of path: String, _ arguments: [String]
  ) throws(PythonFailure) -> String {
    let pipe = try Descriptor.pipe()
    defer { close(pipe.read) }
    let spawn = Spawn(
      program: path, arguments: [path] + arguments,
      descriptors: [(.null, STDIN_FILENO), (.ours(pipe.write), 1), (.ours(pipe.write), 2)],
      isSession: false)
    let process: pid_t
    do throws(PythonFailure) {
      process = try spawn.start()
    } catch {
      close(pipe.write)
      throw error
    }
    close(pipe.write)
    var answer: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1024)
    while answer.count < 4096,
      case .bytes(let count) = room.withUnsafeMutableBytes({ Descriptor.read(pipe.read, into: $0) })
    {
      answer += room[..<count]
    }
    _ = ProcessEnd.wait(for: process)
    return String(decoding: answer.prefix { $0 != 10 }, as: UTF8.self)
  }
}

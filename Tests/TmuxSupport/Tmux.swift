#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real terminal for one test: a private tmux server with one program in it.
///
///     let tmux = try Tmux(running: [program, "demo"], size: (80, 24))
///     try await tmux.wait(for: "PAUSED")
///     tmux.send("q")
///     #expect(try await tmux.exitStatus() == 0)
///
/// The server has its own socket and configuration, and ends with this object. Nothing of the
/// user's tmux is read or touched.
package final class Tmux: Sendable {
  let directory: String

  /// Whether tmux can be run here; suites say `.enabled(if: Tmux.isAvailable)`.
  package static let isAvailable = (try? run(["tmux", "-V"]))?.status == 0

  /// Starts a program in a terminal of its own.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments; nil for an interactive shell to type into.
  ///   - environment: what to set for it, or with nil to unset, beside a plain UTF-8 environment.
  ///   - redirection: appended for the shell, such as `2>errors` or `<file`.
  package init(
    running command: [String]?, columns: Int = 80, rows: Int = 24,
    environment: [String: String?] = [:], redirection: String = ""
  ) throws {
    var template = Array("/tmp/loopscope-tmux-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TmuxFailure("cannot make a directory") }
    directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try write(Tmux.configuration, to: "tmux.conf")
    try write(script(command, environment: environment, redirection: redirection), to: "run.sh")
    let started = try tmux(
      "-f", directory + "/tmux.conf", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "exec sh \(directory)/run.sh")
    guard started.status == 0 else { throw TmuxFailure("tmux: \(started.output)") }
  }

  deinit {
    // A program that hangs would outlive its terminal.
    if let leader = pid_t(format("#{pane_pid}")) { kill(-leader, SIGKILL) }
    hangUp()
    for name in ["tmux.conf", "run.sh", "pid", "socket"] { unlink(directory + "/" + name) }
    rmdir(directory)
  }

  /// The program's own process; nil when it has not started yet. Killing it kills nothing else.
  package var programID: Int32? {
    contents(of: directory + "/pid").flatMap { Int32($0.trimming(" \n")) }
  }

  /// Whether the program waits for something, and is not in the middle of a picture. Where that
  /// cannot be told it is taken to.
  var isAtRest: Bool {
    #if os(Linux)
      guard let programID, let stat = contents(of: "/proc/\(programID)/stat"),
        let name = stat.lastIndex(of: ")")
      else { return true }
      return !stat[name...].hasPrefix(") R")
    #else
      return true
    #endif
  }

  /// Closes the terminal under the program, as a lost connection does.
  package func hangUp() { _ = try? tmux("kill-server") }

  /// Answers one of tmux's formats about the terminal, such as `#{alternate_on}`.
  package func format(_ format: String) -> String {
    ((try? tmux("display-message", "-p", format))?.output ?? "").trimming("\n")
  }

  @discardableResult
  func tmux(_ arguments: String...) throws -> CommandResult {
    try tmux(arguments)
  }

  @discardableResult
  func tmux(_ arguments: [String]) throws -> CommandResult {
    try run(["tmux", "-u", "-S", directory + "/socket"] + arguments)
  }

  private static let configuration = """
    set -g default-terminal tmux-256color
    set -g status off
    set -sg escape-time 0
    set -g focus-events on
    set -g default-shell /bin/sh

    """

  private func script(
    _ command: [String]?, environment: [String: String?], redirection: String
  ) -> String {
    var settings: [String: String?] = [
      "LANG": "C.UTF-8", "LC_ALL": nil, "LC_CTYPE": nil, "NO_COLOR": nil, "TMUX": nil,
      // Swift's own would prompt for half a minute on a terminal.
      "SWIFT_BACKTRACE": "enable=no",
      "PS1": "$ ", "PS2": "> ", "ENV": nil, "PROMPT_COMMAND": nil, "HISTFILE": "/dev/null",
    ]
    for (name, value) in environment { settings[name] = .some(value) }
    var lines = settings.sorted { $0.key < $1.key }.map { name, value in
      value.map { "export \(name)=\(quoted($0))" } ?? "unset \(name)"
    }
    guard let command else {
      return (lines + ["exec bash --norc --noprofile --noediting -i"]).joined(separator: "\n")
    }
    let program = command.map(quoted).joined(separator: " ")
    lines += [
      "before=$(stty -g)",
      "sh -c 'echo $$ >\(directory)/pid; exec \"$@\"' sh \(program) \(redirection)",
      "status=$?",
      "test \"$(stty -g)\" = \"$before\" && echo MODES=same. || echo MODES=changed.",
      "echo EXIT=$status.",
      "exec sleep 600",
    ]
    return lines.joined(separator: "\n")
  }

  private func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  private func write(_ text: String, to name: String) throws {
    guard let file = fopen(directory + "/" + name, "w") else {
      throw TmuxFailure("cannot write \(name)")
    }
    fputs(text, file)
    fclose(file)
  }

  /// The first bytes of a file, enough for what is read here.
  private func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

extension String {
  func trimming(_ unwanted: String) -> String {
    var rest = self[...]
    while let last = rest.last, unwanted.contains(last) { rest.removeLast() }
    while let first = rest.first, unwanted.contains(first) { rest.removeFirst() }
    return String(rest)
  }
}

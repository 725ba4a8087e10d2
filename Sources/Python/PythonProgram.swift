package import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A Python program, and how it is to be recorded.
package struct PythonProgram: Equatable, Sendable {
  /// Whose coroutines get a lane.
  package enum Scope: String, CaseIterable, Sendable {
    /// Not those of installed libraries.
    case user
    case all
  }

  package enum Detail: String, CaseIterable, Sendable {
    case all
    /// No coroutines and no ready queue.
    case tasks
  }

  package var interpreter: Interpreter
  /// What the interpreter is called with besides: `-X dev`, for example.
  package var flags: [String] = []
  /// The script and its arguments, or `-m`, a module and its arguments.
  package var command: [String]
  package var clock = RunHeader.Clock.real
  package var scope = Scope.user
  package var detail = Detail.all
  /// Whether a loop that cannot be watched, uvloop's, runs all the same.
  package var keepsLoop = false
  /// Whether it is looked now and then at where the running step is.
  package var tellsStacks = false
  /// Whether the processes that it starts are recorded too, each by itself.
  package var tellsSubprocesses = false
  package var maxEvents: Int?
  package var keepLast: Int?
  /// With a virtual clock: how late timers fire, and in which order arrives what comes from outside.
  package var seed: UInt64?
  /// How often anything may be late or out of order because of the seed; nil for no limit.
  package var chances: Int?

  package init(interpreter: Interpreter, command: [String]) {
    self.interpreter = interpreter
    self.command = command
  }

  /// For where nobody would see the interpreter's own words.
  ///
  /// - Throws: ``PythonFailure/noScript(path:code:)`` where a script is named that cannot be read.
  package func checkScript() throws(PythonFailure) {
    guard let script = command.first, script != "-m", access(script, R_OK) != 0 else { return }
    throw .noScript(path: script, code: errno)
  }

  /// What its environment has besides ours: with a seed, the order of sets of strings goes by it too,
  /// unless the user has chosen one.
  var variables: [String] {
    guard let seed, getenv("PYTHONHASHSEED") == nil else { return [] }
    return ["PYTHONHASHSEED=\(seed % (1 << 32))"]
  }

  /// What the interpreter is called with.
  ///
  /// - Parameters:
  ///   - recorder: the recorder's file.
  ///   - destination: options that say where the recording goes.
  func arguments(recorder: String, destination: [String]) -> [String] {
    var arguments = [interpreter.path] + flags + [recorder] + destination
    arguments += [
      "--clock", clock.rawValue, "--scope", scope.rawValue, "--detail", detail.rawValue,
    ]
    if tellsStacks { arguments.append("--stacks") }
    if tellsSubprocesses { arguments.append("--subprocesses") }
    if keepsLoop { arguments.append("--keep-loop") }
    if let maxEvents { arguments += ["--max-events", "\(maxEvents)"] }
    if let keepLast { arguments += ["--keep-last", "\(keepLast)"] }
    if let seed { arguments += ["--seed", "\(seed)"] }
    if let chances { arguments += ["--chances", "\(chances)"] }
    // A script's name may begin with a dash.
    if command.first != "-m" { arguments.append("--") }
    return arguments + command
  }
}

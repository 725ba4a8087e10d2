#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A Python program that runs already, and how it is to be recorded from now on.
package struct RunningProgram: Equatable, Sendable {
  let process: pid_t
  package let interpreter: Interpreter
  package var scope = PythonProgram.Scope.user
  package var detail = PythonProgram.Detail.all
  /// Whether it is looked now and then at where the running step is.
  package var tellsStacks = false
  package var maxEvents: Int?

  /// Of CPython 3, the first that executes what another process asks it to (`sys.remote_exec`).
  static let firstMinor = 14

  /// Looks at a process, and at what it runs; asks the interpreter for its version.
  ///
  /// - Parameter number: the process's.
  package init(process number: Int) throws(PythonFailure) {
    guard let process = pid_t(exactly: number), process > 0, kill(process, 0) == 0 || errno == EPERM
    else { throw .noProcess(number) }
    self.process = process
    #if os(Linux)
      if let whole = ProcessFiles.process(ofThread: process), whole != process {
        throw .cannotAttach(number, why: "it is a thread of process \(whole): attach to that")
      }
      switch ProcessFiles.state(of: process) {
      case "Z": throw .cannotAttach(number, why: "it has ended, and its parent has not noticed")
      case "T":
        throw .cannotAttach(number, why: "it was stopped. `kill -CONT \(number)` has it go on")
      case "t": throw .cannotAttach(number, why: "a debugger holds it")
      default: break
      }
      guard let path = ProcessFiles.program(of: process) else {
        throw errno == ENOENT
          ? .notPython(process: number, program: "a part of the system") : .notAllowed(number)
      }
      guard ProcessFiles.isPython(path) else {
        throw .notPython(process: number, program: path)
      }
      if path.hasSuffix(" (deleted)") {
        throw .cannotAttach(
          number, why: "its interpreter has been removed or replaced since. Start it once more")
      }
      guard ProcessFiles.isTrusted(path, runBy: process) else { throw .notTrusted(program: path) }
      guard ProcessFiles.mounts(of: process) == ProcessFiles.mounts(of: getpid()) else {
        throw .elsewhere(number)
      }
    #else
      throw .cannotAttach(number, why: "that works on Linux only")
    #endif
    interpreter = try Interpreter.find(named: path)
    guard interpreter.minor >= Self.firstMinor else {
      throw .tooOldToAttach(process: number, version: interpreter.version)
    }
  }
}

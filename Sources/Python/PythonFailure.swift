#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a Python program cannot be run, each a sentence or two for the user.
package enum PythonFailure: Error, Equatable {
  /// No interpreter was named, and the places where one stands by custom have none.
  case noInterpreter
  case notFound(interpreter: String)
  /// `said` is what it answered when it was asked for its version.
  case noVersion(interpreter: String, said: String)
  case wrongVersion(interpreter: String, version: String)
  /// `code` is an `errno`.
  case noScript(path: String, code: Int32)
  case cannotPrepare(code: Int32)
  case cannotStart(interpreter: String, code: Int32)
  /// The process ended, or was silent, before the recorder had said anything.
  case neverBegan(ending: String, said: String)
  case noProcess(Int)
  /// `program` is what it runs.
  case notPython(process: Int, program: String)
  case tooOldToAttach(process: Int, version: String)
  /// It sees other files than we do.
  case elsewhere(Int)
  case notAllowed(Int)
  /// It would have to be started, and may be anything.
  case notTrusted(program: String)
  case cannotAttach(Int, why: String)
}

extension PythonFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noInterpreter:
      "There is no python3 on PATH. Install one, or name one with --python."
    case .notFound(let interpreter):
      "There is no interpreter \(interpreter). Name another with --python."
    case .noVersion(let interpreter, let said):
      "\(interpreter) does not say which Python it is\(said.isEmpty ? "" : ": \(said)"). "
        + "Name another with --python."
    case .wrongVersion(let interpreter, let version):
      "\(interpreter) is Python \(version), and loopscope records \(Interpreter.supportedVersions). "
        + "Name another with --python."
    case .noScript(let path, let code):
      "The script \(path) cannot be read: \(reason(code)). Name another, or a module with -m."
    case .cannotPrepare(let code):
      "The recorder cannot be handed to the interpreter: \(reason(code)). "
        + "Check that TMPDIR can be written to."
    case .cannotStart(let interpreter, let code):
      "\(interpreter) cannot be started: \(reason(code)). Name another with --python."
    case .neverBegan(let ending, let said):
      "The program never began: the interpreter \(ending)"
        + (said.isEmpty ? "." : ", and said:\n\(said)")
    case .noProcess(let process):
      "There is no process \(process). `loopscope attach` lists those that run Python."
    case .notPython(let process, let program):
      "Process \(process) runs \(harmless(program)), not Python."
    case .tooOldToAttach(let process, let version):
      "Process \(process) runs Python \(version): it can be attached to from "
        + "3.\(RunningProgram.firstMinor) on. Start it by `loopscope python`, or see "
        + "`loopscope python --print-recorder` for what it can start by itself."
    case .elsewhere(let process):
      "Process \(process) lives in a container, or sees other files: run loopscope there."
    case .notAllowed(let process):
      "The system does not let you look into process \(process): it belongs to another user, or "
        + "only root may (kernel.yama.ptrace_scope). Try sudo."
    case .notTrusted(let program):
      "\(harmless(program)) can be changed by other users: loopscope, which would have to start it, "
        + "does not do that. Run loopscope as its owner."
    case .cannotAttach(let process, let why):
      "Process \(process) cannot be attached to: \(harmless(why))."
    }
  }

  /// Others have written it: nothing in it may steer a terminal.
  private func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }

  private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

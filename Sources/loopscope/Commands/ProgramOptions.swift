import ArgumentParser
import Python
import Trace

/// Which Python program, under which interpreter: shared by all that starts one.
struct ProgramOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The interpreter, \(Interpreter.supportedVersions). (default: the active virtual \
      environment's, else python3)
      """,
      valueName: "exe"),
    completion: .file())
  var python: String?

  @Option(help: "user: lanes for your own coroutines. all: for those of libraries too.")
  var scope: PythonProgram.Scope = .user

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp(
      "The script, or -m and a module; all that follows is the program's own.",
      valueName: "script"),
    completion: .file(extensions: ["py"]))
  var command: [String] = []

  /// Whether help was asked for: the program's own words are captured from the first one on that is
  /// none of our options, and those for help are none.
  var asksForHelp: Bool { command.first == "--help" || command.first == "-h" }

  /// The options among them, as they were given.
  var given: [String] {
    (python.map { ["--python", $0] } ?? []) + (scope == .user ? [] : ["--scope", scope.rawValue])
  }

  /// - Throws: a usage error where no program is named, or a ``Failure`` without an interpreter.
  func program() throws -> PythonProgram {
    var program = PythonProgram(interpreter: try interpreter(), command: try checkedCommand())
    program.scope = scope
    return program
  }

  /// Everything from the first word on that is none of our options is captured, and that must be
  /// the program.
  func checkedCommand() throws -> [String] {
    var command = command
    let isMarked = command.first == "--"
    if isMarked { command.removeFirst() }
    guard let first = command.first else {
      throw ValidationError("Which program? Name a script, or a module with -m.")
    }
    if first == "-m", !isMarked {
      guard command.count > 1 else { throw ValidationError("Which module? Name it after -m.") }
    } else if first.hasPrefix("-"), !isMarked {
      throw ValidationError(
        "Unknown option '\(first)'. Options of the program stand after its script.")
    }
    // Python would take a line of JSON for a list, and say nothing.
    if first.hasSuffix(".jsonl") || first.hasSuffix(".jsonl.gz") {
      throw ValidationError("\(first) is called as a recording is: `loopscope play \(first)`.")
    }
    // A script called `-m` is one in this folder.
    return isMarked && first == "-m" ? ["./-m"] + command.dropFirst() : command
  }

  private func interpreter() throws -> Interpreter {
    do {
      return try Interpreter.find(named: python)
    } catch {
      throw Failure("\(error)")
    }
  }
}

extension PythonProgram.Scope: ExpressibleByArgument {}

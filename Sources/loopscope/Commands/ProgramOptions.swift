import ArgumentParser
import Python
import Trace

/// Which Python program, under which interpreter: shared by all that starts one.
struct ProgramOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The interpreter, \(Interpreter.supportedVersions). (default: the active virtual \
      environment's, else that of the one whose bin folder has the script, else python3)
      """,
      valueName: "exe"),
    completion: .file())
  var python: String?

  @Option(help: "user: lanes for your own coroutines. all: for those of libraries too.")
  var scope: PythonProgram.Scope = .user

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp(
      """
      The script, or -m and a module; all that follows is the program's own. The interpreter's \
      name and its options, such as -X dev or -u, may come before it: python3.12 -u app.py.
      """,
      valueName: "script"),
    completion: .file(extensions: ["py"]))
  var command: [String] = []

  /// Whether help was asked for: the program's own words are captured from the first one on that is
  /// none of our options, and those for help are none.
  var asksForHelp: Bool { command.first == "--help" || command.first == "-h" }

  /// The options among them, as they were given.
  var given: [String] {
    ((python ?? leadingInterpreter).map { ["--python", $0] } ?? [])
      + (scope == .user ? [] : ["--scope", scope.rawValue]) + flags
  }

  /// An interpreter that stands before its options and the program, as on a command line without us.
  private var leadingInterpreter: String? {
    command.first.flatMap { Interpreter.isNamed(by: $0) ? $0 : nil }
  }

  /// Options of the interpreter that stand before the program, such as `-X dev`.
  private var flags: [String] { Array(command[flagsStart..<flagsEnd]) }

  private var flagsStart: Int { leadingInterpreter == nil ? 0 : 1 }

  private var flagsEnd: Int {
    var count = flagsStart
    while count < command.count, let first = command[count].wholeMatch(of: /-([A-Za-z]+)(.*)/) {
      switch first.1.prefix(1) {
      case "W", "X": count += first.1.count + first.2.count > 1 ? 1 : 2
      case _ where first.2.isEmpty && first.1.allSatisfy(Self.plainFlags.contains): count += 1
      default: return count
      }
    }
    return min(count, command.count)
  }

  /// Not those after which it runs something else, or prompts.
  private static let plainFlags = "bBdEIOPqsSuv"

  /// - Throws: a usage error where no program is named, or a ``Failure`` without an interpreter.
  func program() throws -> PythonProgram {
    let command = try checkedCommand()
    var program = PythonProgram(interpreter: try interpreter(for: command), command: command)
    program.scope = scope
    program.flags = flags
    return program
  }

  /// Everything from the first word on that is none of our options is captured, and that must be
  /// the program, or what its interpreter is to be called with.
  func checkedCommand() throws -> [String] {
    if let python, let leadingInterpreter {
      throw ValidationError("Two interpreters are named: \(python) and \(leadingInterpreter).")
    }
    var command = Array(command.dropFirst(flagsEnd))
    let isMarked = command.first == "--"
    if isMarked { command.removeFirst() }
    guard let first = command.first else {
      throw ValidationError("Which program? Name a script, or a module with -m.")
    }
    if first == "-m", !isMarked {
      guard command.count > 1 else { throw ValidationError("Which module? Name it after -m.") }
    } else if first == "-c" || first == "-", !isMarked {
      throw ValidationError("A program is run from a file: put into one what \(first) is to run.")
    } else if first.hasPrefix("-"), !isMarked {
      let ours = "Options of loopscope stand before those of the interpreter. "
      throw ValidationError(
        "Unknown option '\(first)'. \(flags.isEmpty ? "" : ours)Options of the program stand after "
          + "its script.")
    }
    // Python would take a line of JSON for a list, and say nothing.
    if first.hasSuffix(".jsonl") || first.hasSuffix(".jsonl.gz") {
      throw ValidationError("\(first) is called as a recording is: `loopscope play \(first)`.")
    }
    // A script called `-m` is one in this folder.
    return isMarked && first == "-m" ? ["./-m"] + command.dropFirst() : command
  }

  private func interpreter(for command: [String]) throws -> Interpreter {
    do {
      let script = command.first == "-m" ? nil : command.first
      return try Interpreter.find(named: python ?? leadingInterpreter, for: script)
    } catch {
      throw Failure("\(error)")
    }
  }
}

extension PythonProgram.Scope: ExpressibleByArgument {}

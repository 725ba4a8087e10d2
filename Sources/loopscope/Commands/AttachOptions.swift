import ArgumentParser
import Insight
import Python

/// Which process, and how it is to be recorded: shared by `attach` and `record attach`.
struct AttachOptions: ParsableArguments {
  @Option(help: "user: lanes for the program's own coroutines. all: for those of libraries too.")
  var scope: PythonProgram.Scope = .user

  @Option(help: "all: coroutines and the ready queue. tasks: only tasks, at a lower cost.")
  var detail: PythonProgram.Detail = .all

  @OptionGroup var stacks: StacksOption

  @Argument(help: "The number of the process. Without it, those that run Python are listed.")
  var process: Int?

  func validate() throws {
    if stacks.stacks && detail == .tasks { throw StacksOption.needsSteps }
  }

  /// - Throws: a ``Failure`` if none was named, or the named one cannot be attached to.
  func program() throws -> RunningProgram {
    guard let process else { throw Failure(Self.choice()) }
    do {
      var program = try RunningProgram(process: process)
      program.scope = scope
      program.detail = detail
      program.tellsStacks = stacks.stacks
      return program
    } catch {
      throw Failure("\(error)")
    }
  }

  /// The number that was named, for sentences.
  var number: String { process.map { "\($0)" } ?? "PROCESS" }

  /// What to choose from, as lines of a table.
  private static func choice() -> String {
    let candidates = Candidate.all()
    guard !candidates.isEmpty else {
      return "Which process? None that you may look at runs Python."
    }
    let rows = candidates.map { candidate in
      let number = "\(candidate.process)"
      let indent = String(repeating: " ", count: max(0, 8 - number.count))
      let note = candidate.canBeAttachedTo ? "" : " (too old)"
      let command = plain(candidate.command)
      let shown = command.count > 70 ? "\(command.prefix(69))…" : command
      let starter = candidate.starter.map { " (worker of \($0))" } ?? ""
      return "\(indent)\(number)  \(candidate.version)\(note)  \(shown)\(starter)"
    }
    return "Which process? These run Python, and from 3.14 on they can be attached to:\n"
      + rows.joined(separator: "\n")
  }
}

import ArgumentParser
import Python

/// Which process, and how it is to be recorded: shared by `attach` and `record attach`.
struct AttachOptions: ParsableArguments {
  @Option(help: "user: lanes for the program's own coroutines. all: for those of libraries too.")
  var scope: PythonProgram.Scope = .user

  @Option(
    help: """
      all: coroutines and the ready queue. tasks: only tasks, those made from now on, at a lower cost.
      """)
  var detail: PythonProgram.Detail = .all

  @Argument(help: "The number of the process, as `pgrep -a python` lists it.")
  var process: Int

  func program() throws -> RunningProgram {
    do {
      var program = try RunningProgram(process: process)
      program.scope = scope
      program.detail = detail
      return program
    } catch {
      throw Failure("\(error)")
    }
  }
}

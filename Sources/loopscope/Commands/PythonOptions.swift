import ArgumentParser
import Python
import Trace

/// A Python program, and how it is to be recorded: shared by `python` and `record python`.
struct PythonOptions: ParsableArguments {
  @OptionGroup var named: ProgramOptions

  @Option(help: "real: sleeps take as long as they say. virtual: time jumps over them.")
  var clock: RunHeader.Clock = .real

  @Option(
    help: ArgumentHelp(
      """
      With a virtual clock, a run as `explore` does it: how late timers fire, and what comes first \
      of what comes from outside, is drawn from this number.
      """,
      valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "With a seed: only so often is anything late or out of order; then nothing is.",
      valueName: "number"))
  var chances: Int?

  @Option(help: "all: coroutines and the ready queue. tasks: only tasks, at a lower cost.")
  var detail: PythonProgram.Detail = .all

  @OptionGroup var stacks: StacksOption

  @Flag(
    help: """
      Also record each process that the program forks, starts by multiprocessing or as a command that is \
      Python, and that runs a loop: a server's workers, or what it reloads. The screen shows one at a time, \
      files are called run.1234.jsonl.
      """)
  var subprocesses = false

  @Flag(
    help: """
      Where the program runs uvloop, keep that, and record only tasks. Otherwise asyncio's own loop \
      runs in its place, for uvloop's cannot be watched.
      """)
  var keepLoop = false

  /// - Throws: a usage error for what does not go together.
  func check() throws {
    _ = try named.checkedCommand()
    if let chances {
      if chances < 0 { throw ValidationError("--chances must be at least 0.") }
      if seed == nil { throw ValidationError("--chances needs --seed, from which they are drawn.") }
    }
    if subprocesses && clock == .virtual {
      throw ValidationError("--subprocesses needs the real clock: a virtual one is one process's.")
    }
    if stacks.stacks && (detail == .tasks || keepLoop) { throw StacksOption.needsSteps }
    guard seed != nil else { return }
    if clock != .virtual {
      throw ValidationError("--seed needs --clock virtual: real time goes by no seed.")
    }
    if detail == .tasks || keepLoop {
      throw ValidationError(
        "--seed needs the loop, which --detail tasks and --keep-loop leave alone.")
    }
  }

  /// - Throws: a usage error where no program is named, or a ``Failure`` without an interpreter.
  func program() throws -> PythonProgram {
    var program = try named.program()
    program.clock = clock
    program.seed = seed
    program.chances = chances
    program.detail = detail
    program.tellsStacks = stacks.stacks
    program.tellsSubprocesses = subprocesses
    program.keepsLoop = keepLoop
    return program
  }
}

extension PythonProgram.Detail: ExpressibleByArgument {}

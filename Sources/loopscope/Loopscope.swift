import ArgumentParser
import Loop
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The command line. Each subcommand stands in a file of its own.
@main
struct Loopscope: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "loopscope",
    abstract: "See every coroutine. Step the loop. Rewind time.",
    discussion: """
      loopscope draws a live lane for each coroutine of an asyncio-style event loop. Pause it, \
      step it one handle at a time, step back, go anywhere, and ask why something ran when it did.

      With no arguments it opens a menu of small programs, each of which teaches one thing. \
      On the screen, ? lists the keys.
      """,
    version: version,
    subcommands: [
      MenuCommand.self, DemoCommand.self, PythonCommand.self, AttachCommand.self, PlayCommand.self,
      RecordCommand.self, SnapshotCommand.self, EventsCommand.self, WhyCommand.self,
      PathCommand.self, StatsCommand.self, FindingsCommand.self, DiffCommand.self,
      ExploreCommand.self, ExportCommand.self,
    ],
    defaultSubcommand: MenuCommand.self)

  /// Wrong usage is told in one sentence, without the lines of usage that the parser adds.
  static func main() {
    // A file that may grow no further is told in a sentence, as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      // Help is asked for, and a status without a message has been told of.
      guard code != .success, !(error is ExitCode) else { exit(withError: error) }
      let isUsage = code == .validationFailure
      tell("Error: \(isUsage ? WrongUsage(error).sentence : message(for: error))")
      exit(withError: code)
    }
  }
}

/// What the user is told when something fails: one sentence, exit status 1.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

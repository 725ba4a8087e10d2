public import ArgumentParser
import Demos
public import Loop
public import Trace

/// Which demo, and how it is to run: shared by `demo` and `record demo`.
struct DemoOptions: ParsableArguments {
  @Argument(
    help: "The demo; `loopscope demo --list` names them.",
    completion: .list(Demo.all.map(\.name)))
  var name: String?

  @Argument(help: "What the demo itself takes: storm [TASKS] [YIELDS].")
  var arguments: [String] = []

  @Option(help: "virtual: sleeps take no time to compute. real: they take as long as they say.")
  var clock: RunHeader.Clock = .virtual

  @Option(
    help: ArgumentHelp(
      """
      The CPython version whose decisions the loop takes, \(Profile.supported[0]) to \
      \(Profile.latest), or a release of one such as 3.13.0. (default: the demo's own)
      """,
      valueName: "version"),
    completion: .list(Profile.supported.map(\.description)))
  var profile: Profile?

  @Option(help: "Chooses what asyncio leaves to chance, such as the order of a set.")
  var seed: UInt64 = 0

  /// - Throws: a usage error that names the nearest demo.
  func demo() throws -> Demo {
    guard let name else { throw ValidationError("Which demo? `loopscope demo --list` names them.") }
    if let demo = Demo.named(name) { return demo }
    let hint = nearest(to: name, in: Demo.all.map(\.name)).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("No demo is called '\(name)'.\(hint) `loopscope demo --list` names them.")
  }

  func run(of demo: Demo) throws -> DemoRun {
    do {
      // Arguments are looked at before a loop or a screen is made.
      _ = try demo.program(arguments)
    } catch let error as DemoError {
      throw ValidationError(error.description)
    }
    if let extra = arguments.first, demo.parameters.isEmpty {
      throw ValidationError("The demo \(demo.name) takes no arguments, but got '\(extra)'.")
    }
    return DemoRun(
      demo: demo, arguments: arguments, clock: clock, profile: profile ?? demo.profile, seed: seed)
  }
}

extension RunHeader.Clock: ExpressibleByArgument {}

extension Profile: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

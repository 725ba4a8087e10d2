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
      "The CPython version whose decisions the loop takes, 3.6 to 3.13. (default: the demo's own)",
      valueName: "version"),
    completion: .list(Profile.supported.map(\.description)))
  var profile: Profile?

  @Option(help: "Chooses what asyncio leaves to chance, such as the order of a set.")
  var seed: UInt64 = 0

  /// - Throws: a usage error that names the nearest demo.
  func demo() throws -> Demo {
    guard let name else { throw ValidationError("Which demo? `loopscope demo --list` names them.") }
    if let demo = Demo.named(name) { return demo }
    let nearest = Demo.all.map(\.name).min {
      editDistance($0, name) < editDistance($1, name)
    }
    let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
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

/// How many letters must be changed, added or taken away to make one text of the other.
/// O(length × length).
func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}

import ArgumentParser

/// Whether our loop takes the same decisions as CPython's asyncio.
@main
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Compares our event loop with CPython's asyncio, decision by decision.",
    subcommands: [Check.self, Fuzz.self, Show.self, Record.self])
}

import ArgumentParser

/// Measures; `make bench` runs every part in turn.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks", abstract: "Measure the loop and the screen.",
    subcommands: [
      AllBenchmarks.self, LoopBenchmark.self, MemoryBenchmark.self, FlatnessBenchmark.self,
      FloorBenchmark.self, ScreenBenchmark.self, WorkloadCommand.self,
    ],
    defaultSubcommand: AllBenchmarks.self)
}

/// Every part, with its defaults.
struct AllBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all", abstract: "Every part in turn.")

  func run() throws {
    let parts: [any ParsableCommand.Type] = [
      LoopBenchmark.self, MemoryBenchmark.self, FlatnessBenchmark.self, FloorBenchmark.self,
      ScreenBenchmark.self,
    ]
    for part in parts {
      progress(part.configuration.abstract)
      var command = try part.parseAsRoot([])
      try command.run()
      Swift.print()
    }
  }
}

import ArgumentParser

/// How fast a run is shown: shared by `demo`, `play` and `python`.
struct SpeedOption: ParsableArguments {
  @Option(help: "How fast time is shown: 2 is twice as fast, 0.5 half.")
  var speed: Double = 1

  func validate() throws {
    guard speed > 0 else { throw ValidationError("--speed must be more than 0.") }
  }
}

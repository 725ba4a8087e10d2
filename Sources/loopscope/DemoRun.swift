import ArgumentParser
import Demos
import Loop
import TUI
import Trace

/// One demo with everything that decides how it runs.
struct DemoRun: Sendable {
  let demo: Demo
  var arguments: [String] = []
  var clock: RunHeader.Clock = .virtual
  var profile: Profile
  var seed: UInt64 = 0

  var header: RunHeader {
    RunHeader(
      program: [demo.name] + arguments, clock: clock, profile: profile, seed: seed,
      sources: [RunHeader.SourceText(name: demo.file, text: demo.sourceText)])
  }

  var lesson: Model.Lesson {
    Model.Lesson(title: demo.title, lesson: demo.lesson, note: demo.note)
  }

  /// The demo on a loop of its own, with its main coroutine scheduled and nothing run.
  func source(echo: ((String, Trace.Stream) -> Void)? = nil) -> LoopSource {
    LoopSource(header: header, profile: profile, echo: echo) { program() }
  }

  /// Runs to the end with no screen, and prints what the program prints and at last its error.
  ///
  /// - Throws: the status of a program that failed, after its recording is complete; ``RecordingError``.
  func runHeadless(recordingTo path: String?) throws {
    do {
      guard let path else { return try runUnrecorded() }
      let writer = try RecordingWriter(path: path, header: header)
      let failure = try runToEnd(echo: writeToStandardStreams) { try writer.append($0) }
      try writer.finish()
      if let failure { throw failure }
    } catch let error as any PythonError {
      tell("\(error)")
      throw ExitCode.failure
    }
  }

  private func runUnrecorded() throws {
    let loop = EventLoop(clock: clock, profile: profile, seed: seed)
    defer { loop.close() }
    try loop.runUntilComplete(program())
  }

  /// Runs to the end with no screen; on a real clock that takes its time.
  ///
  /// - Returns: what the program threw.
  func runToEnd(
    echo: ((String, Trace.Stream) -> Void)?, _ take: (Batch) throws -> Void
  ) throws -> (any Error)? {
    let source = source(echo: echo)
    while !source.hasEnded {
      let batch = source.run(until: .max, budget: 10_000)
      try take(batch)
      if batch.isEmpty { source.waitUntilDue() }
    }
    return source.failure
  }

  private func program() -> Coroutine<Void> {
    do {
      return try demo.program(arguments)
    } catch {
      preconditionFailure("the arguments were looked at before: \(error)")
    }
  }
}

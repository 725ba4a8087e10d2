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

  /// Runs to the end with nothing recorded, and prints what the program prints.
  ///
  /// - Throws: what the program throws.
  func runHeadless() throws {
    let loop = EventLoop(clock: clock, profile: profile, seed: seed)
    defer { loop.close() }
    try loop.runUntilComplete(program())
  }

  private func program() -> Coroutine<Void> {
    do {
      return try demo.program(arguments)
    } catch {
      preconditionFailure("the arguments were looked at before: \(error)")
    }
  }
}

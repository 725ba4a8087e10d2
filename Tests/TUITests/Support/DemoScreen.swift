import Demos
import Loop
import TUI
import Trace

/// A demo with its source and its model, driven by keys as a terminal would drive it.
final class DemoScreen {
  private(set) var model: Model
  private let source: LoopSource
  /// What the model asked for that this driver does not do itself.
  private(set) var asked: [Effect] = []

  init(_ demo: Demo, arguments: [String] = [], columns: Int = 100, rows: Int = 30) {
    source = LoopSource(header: Self.header(of: demo), profile: demo.profile) {
      Self.program(demo, arguments)
    }
    model = Model(
      size: Size(columns: columns, rows: rows), header: source.header, isLive: true,
      lesson: Model.Lesson(title: demo.title, lesson: demo.lesson, note: demo.note))
    receive(source.run(until: 0, budget: 0))
  }

  var hasEnded: Bool { source.hasEnded }
  var frame: Frame { view(of: model) }
  var screen: String { frame.lines.joined(separator: "\n") + "\n" }

  func press(_ keys: Key...) {
    for key in keys { update(.key(key)) }
  }

  /// Steps, and waits for the step where a thread of the program has to come first.
  func step() {
    type(".")
    while model.isMoving && !hasEnded { pass(seconds: 0) }
  }

  /// Types each character as a key.
  func type(_ text: String) {
    for character in text { update(.key(Key(character))) }
  }

  func update(_ input: Input) { perform(model.update(input)) }

  /// Lets the user's time pass.
  func pass(seconds: Double) { perform(model.pass(nanoseconds: Int64(seconds * 1e9))) }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .step: receive(source.step())
      case .run(let time): receive(source.run(until: time, budget: 50_000))
      case .hold: source.hold()
      default: asked.append(effect)
      }
    }
  }

  private func receive(_ batch: Batch) { model.receive(batch, ended: source.hasEnded) }

  static func header(of demo: Demo) -> RunHeader {
    RunHeader(
      program: [demo.name], clock: .virtual, runtime: "loopscope as CPython \(demo.profile)",
      seed: 0, sources: [RunHeader.SourceText(name: demo.file, text: demo.sourceText)])
  }

  private static func program(_ demo: Demo, _ arguments: [String]) -> Coroutine<Void> {
    do { return try demo.program(arguments) } catch { fatalError("\(error)") }
  }
}

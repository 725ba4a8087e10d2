public import Demos
import Loop
public import Testing
import Trace

/// A demo run to its end on a virtual clock.
struct DemoRun {
  /// What it printed, a line each.
  let output: [String]
  /// What went to stderr, a line each.
  let errors: [String]
  let failure: String?
  let batch: Batch
  let source: LoopSource

  init(
    _ demo: Demo, _ arguments: [String] = [], profile: Profile? = nil, seed: UInt64 = 0
  ) throws {
    let header = RunHeader(
      program: [demo.name] + arguments, clock: .virtual, runtime: "test", seed: seed)
    _ = try demo.program(arguments)
    let said = Said()
    source = LoopSource(header: header, profile: profile ?? demo.profile, echo: said.hear) {
      do {
        return try demo.program(arguments)
      } catch {
        preconditionFailure("these arguments were taken a moment ago")
      }
    }
    var batch = Batch()
    while !source.hasEnded {
      let more = source.run(until: .max, budget: 100_000)
      batch.texts += more.texts
      batch.events += more.events
    }
    self.batch = batch
    failure = source.failure.map { "\($0)" }
    output = Self.lines(said.stdout)
    errors = Self.lines(said.stderr)
  }

  var seconds: Double { Double(batch.events.last?.time ?? 0) / 1e9 }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

/// What a loop's echo heard.
private final class Said {
  private(set) var stdout = ""
  private(set) var stderr = ""

  func hear(_ text: String, _ stream: Stream) {
    if stream == .stdout { stdout += text } else { stderr += text }
  }
}

extension Demo: CustomTestStringConvertible {
  public var testDescription: String { name }
}

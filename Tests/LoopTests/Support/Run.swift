import Trace

@testable import Loop

/// A program run on a loop of its own, and what it left behind.
struct Run {
  let loop: EventLoop
  /// What it printed, a line each.
  let output: [String]
  /// What it wrote to stderr, a line each.
  let errors: [String]
  let batch: Batch
  let texts: [String]
  let failure: (any Error)?

  /// - Parameter body: the code of the main coroutine, which is called `main()`.
  init(
    _ profile: Profile = .latest, seed: UInt64 = 0, clock: RunHeader.Clock = .virtual,
    configure: (EventLoop) -> Void = { _ in }, _ body: @escaping () async throws -> Void
  ) {
    let recorder = Recorder()
    let said = Said()
    loop = EventLoop(
      clock: clock, profile: profile, seed: seed, recorder: recorder, echo: said.hear)
    configure(loop)
    do {
      try loop.runUntilComplete(Coroutine("main()", body))
      failure = nil
    } catch {
      failure = error
    }
    batch = recorder.drain()
    texts = [""] + batch.texts
    loop.close()
    output = said.lines(.stdout)
    errors = said.lines(.stderr)
  }

  var facts: [Fact] { batch.events.map(\.fact) }

  /// Virtual seconds from the start to the last fact.
  var seconds: Double { Double(batch.events.last?.time ?? 0) / 1e9 }

  func text(_ id: TextID) -> String { texts[Int(id.rawValue)] }

  /// How many handles were taken from the ready queue.
  var handles: Int {
    facts.count { if case .handleBegan = $0 { true } else { false } }
  }

  var ticks: Int {
    facts.count { if case .tickBegan = $0 { true } else { false } }
  }

  /// What the handles did, in the order in which they ran, the main task's end left out.
  var ran: [Callback.Kind] {
    var kinds: [HandleID: Callback.Kind] = [:]
    var ran: [Callback.Kind] = []
    for fact in facts {
      switch fact {
      case .handleScheduled(let id, let callback, _), .timerScheduled(let id, _, let callback):
        kinds[id] = callback.kind
      case .handleBegan(let id):
        if let kind = kinds[id], kind != .stop { ran.append(kind) }
      default: break
      }
    }
    return ran
  }

  /// How often a virtual clock jumped.
  var jumps: Int {
    facts.count { if case .timeJumped = $0 { true } else { false } }
  }
}

/// What a loop's echo heard.
final class Said {
  private var texts: [(String, Stream)] = []

  func hear(_ text: String, _ stream: Stream) { texts.append((text, stream)) }

  func lines(_ stream: Stream) -> [String] {
    texts.filter { $0.1 == stream }.map(\.0).joined()
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

/// The description of what a body throws, or "nothing".
func thrown(_ body: () async throws -> Void) async -> String {
  do {
    try await body()
    return "nothing"
  } catch {
    return "\(error)"
  }
}

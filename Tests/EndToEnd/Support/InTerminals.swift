import Testing
import TmuxSupport

/// The tests that open terminals: only a few at once, on threads of their own, so that none of them
/// waits long for a processor.
struct InTerminals: SuiteTrait, TestTrait, TestScoping {
  private static let gate = Gate(places: 3)
  private static let threads = OwnThreads()

  var isRecursive: Bool { true }

  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    testCase == nil ? nil : self
  }

  @concurrent
  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    await Self.gate.enter()
    do {
      try await withTaskExecutorPreference(Self.threads) { try await function() }
    } catch {
      await Self.gate.leave()
      throw error
    }
    await Self.gate.leave()
  }
}

extension Trait where Self == InTerminals {
  static var inTerminals: Self { InTerminals() }
}

extension Trait where Self == ConditionTrait {
  static var whereTmuxIs: Self { .enabled(if: Tmux.isAvailable, "tmux is not installed") }
}

/// Lets so many in at once, in the order in which they came.
private actor Gate {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) { free = places }

  func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

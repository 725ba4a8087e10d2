package import Loop
import Python
import Trace

/// A scenario on our loop and on CPython.
package enum Verdict: Equatable, Sendable {
  case same
  case differs(Difference)
  /// CPython gave no recording: the program broke it, or did not end.
  case noAnswer
  /// Nothing that can be compared; see `docs/scenarios.md`.
  case outside(String)
}

extension Scenario {
  /// What our loop does with it, as a version of CPython would.
  ///
  /// - Throws: ``ScenarioError`` where a statement makes no sense.
  package func account(as profile: Profile) throws -> Account {
    Account(try recording(as: profile), callbacks: Set(callbacks.keys))
  }

  private func recording(as profile: Profile) throws -> Batch {
    let batch = try ScenarioRun.record(self, as: profile)
    if batch.usesCoroutineTwice { throw OutsideScope("uses a coroutine object twice") }
    return batch
  }

  /// Compares our loop with an answer of CPython's.
  package func verdict(_ answer: Account?, as profile: Profile) throws -> Verdict {
    do {
      let batch = try recording(as: profile)
      var ours = Account(batch, callbacks: Set(callbacks.keys))
      guard var answer else {
        let isEndless = ours.lines.last?.hasSuffix("EndlessError") == true
        return isEndless ? .outside("does not end, and takes CPython too long") : .noAnswer
      }
      if profile.losesWhatCancelledTasksHeld, batch.gathersCancelledTask {
        ours = ours.withoutLosses()
        answer = answer.withoutLosses()
      }
      return Difference(ours: ours, theirs: answer).map { .differs($0) } ?? .same
    } catch let error as OutsideScope {
      return .outside(error.what)
    }
  }
}

extension Witness {
  /// The next answer, as an account.
  package func account(callbacks: Set<String>) -> Account? {
    answer().map { Account($0, callbacks: callbacks) }
  }

  package var profile: Profile { Profile(interpreter.version) ?? .python3(minor) }

  /// What it does with a whole program. All functions of it count as the loop's own, since we do
  /// not know their names.
  package func account(ofProgram text: String) -> Account? {
    recording(ofProgram: text).map { Account($0, callbacks: nil, hasCoroutines: minor >= 12) }
  }

  package func check(_ scenario: Scenario) throws -> Verdict {
    try ask(scenario)
    let answer = account(callbacks: Set(scenario.callbacks.keys))
    return try scenario.verdict(answer, as: profile)
  }
}

extension Batch {
  /// Whether a coroutine that belongs to a task or has begun is made into a task or awaited. Whose
  /// step then fails is asyncio's decision, but the recorder for Python cannot tell it.
  fileprivate var usesCoroutineTwice: Bool {
    var used: Set<LaneID> = []
    return events.contains { event in
      switch event.fact {
      case .taskCreated(_, let lane, _, _), .coroutineAwaited(_, let lane, _):
        !used.insert(lane).inserted
      default: false
      }
    }
  }
}

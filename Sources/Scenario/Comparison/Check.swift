package import Loop
import Trace

/// A scenario on our loop and on CPython.
package enum Verdict: Equatable, Sendable {
  case same
  case differs(Difference)
  /// CPython gave no recording: the program broke it, or did not end.
  case noAnswer
}

extension Scenario {
  /// What our loop does with it, as a version of CPython would.
  ///
  /// - Throws: ``ScenarioError`` where a statement makes no sense.
  package func account(as profile: Profile) throws -> Account {
    Account(try ScenarioRun.record(self, as: profile), callbacks: Set(callbacks.keys))
  }

  /// Compares our loop with an answer of CPython's.
  package func verdict(_ answer: Account?, as profile: Profile) throws -> Verdict {
    guard let answer else { return .noAnswer }
    let difference = Difference(ours: try account(as: profile), theirs: answer)
    return difference.map { .differs($0) } ?? .same
  }
}

extension Witness {
  /// The next answer, as an account.
  package func account(callbacks: Set<String>) -> Account? {
    answer().map { Account($0, callbacks: callbacks) }
  }

  package func check(_ scenario: Scenario) throws -> Verdict {
    try ask(scenario)
    let answer = account(callbacks: Set(scenario.callbacks.keys))
    return try scenario.verdict(answer, as: .python3(minor))
  }
}

package import Trace

/// How a run came out, in a sentence that does not depend on what is another number in each run.
package struct RunOutcome: Sendable {
  /// What the user is told of it.
  package let text: String
  /// Whether it ended by itself, with status 0 and no fault.
  package let isGood: Bool

  /// Why a run was ended that would have gone on.
  package enum Stop: Sendable {
    case standstill
    /// So much was allowed: `60 s`.
    case limit(String)
  }

  /// - Parameters:
  ///   - timeline: up to the run's end, or to where it was stopped.
  ///   - ending: how its process ended, as in "exit status 1".
  ///   - isSuccess: whether that is what a process ends with that has succeeded.
  ///   - stop: why it was stopped before; then the other two say nothing.
  package init(
    of timeline: Timeline, header: RunHeader, ending: String, isSuccess: Bool, stop: Stop?
  ) {
    let cursor = timeline.events.count
    let standstills = Insight.standstills(
      at: cursor, in: timeline, sources: timeline.sourceTexts(with: header))
    if let stop {
      isGood = false
      switch stop {
      case .standstill: text = standstills.first?.text ?? "Nothing can happen any more."
      case .limit(let limit): text = "Still ran after \(limit)."
      }
      return
    }
    let findings = Insight.findings(at: cursor, in: timeline, standstills: standstills)
    // What a program's runtime complained of says less than what it ended with.
    let exception = timeline.fault(at: cursor).map { fault in
      fault.hasPrefix("SystemExit") ? timeline.firstFailure ?? fault : fault
    }
    let fault = exception ?? findings.first(where: \.isFault)?.text
    isGood = isSuccess && fault == nil
    text = fault.map { ending.hasSuffix($0) ? ending : "\($0) (\(ending))" } ?? ending
  }

  package func isLike(_ other: RunOutcome) -> Bool { kind == other.kind }

  /// What it has in common with others like it.
  var kind: String { numberless(text) }
}

extension Timeline {
  /// Of a program that reports its failures and then exits, as test runners do, the first lane that
  /// failed, in the first line of its exception.
  fileprivate var firstFailure: String? {
    let cursor = events.count
    let lane = (0..<laneCount).lazy.map(laneID(at:)).first { lane in
      failure(of: lane, at: cursor).map { !text($0.exception).hasPrefix("SystemExit") } ?? false
    }
    return lane.map { lane in
      let words = "\(label(of: lane)) \(stateWords(of: lane, at: cursor))"
      return words.firstRange(of: "\\n").map { String(words[..<$0.lowerBound]) } ?? words
    }
  }
}

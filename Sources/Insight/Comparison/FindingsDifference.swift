import Trace

/// What went wrong in one of two runs and not in the other.
package struct FindingsDifference: Sendable {
  package private(set) var onlyInA: [Finding] = []
  package private(set) var onlyInB: [Finding] = []
  /// Steps that took long in one run alone: times are no difference, but worth a word.
  package private(set) var longOnlyInA: [Finding] = []
  package private(set) var longOnlyInB: [Finding] = []

  package var isSame: Bool { onlyInA.isEmpty && onlyInB.isEmpty }

  /// Where they cannot be compared.
  init() {}

  init(_ a: ComparedRun, _ b: ComparedRun) {
    let ours = Self.all(in: a)
    let theirs = Self.all(in: b)
    (onlyInA, longOnlyInA) = Self.rest(of: ours, without: theirs)
    (onlyInB, longOnlyInB) = Self.rest(of: theirs, without: ours)
  }

  private typealias Known = (finding: Finding, key: String, isLong: Bool)

  private static func all(in run: ComparedRun) -> [Known] {
    let timeline = run.timeline
    let end = timeline.events.count
    let found = findings(
      at: end, in: timeline,
      standstills: standstills(at: end, in: timeline, sources: run.sources))
    return found.map { finding in
      let who =
        timeline.lane(finding.lane).map { timeline.text($0.name).prefix { $0 != "(" } } ?? ""
      let isLong = finding.event.map { timeline.events[$0].fact.isEndOfHandle } ?? false
      return (finding, "\(who) \(numberless(finding.text))", isLong)
    }
  }

  private static func rest(
    of ours: [Known], without theirs: [Known]
  ) -> (others: [Finding], long: [Finding]) {
    var known: [String: Int] = [:]
    for finding in theirs { known[finding.key, default: 0] += 1 }
    var others: [Finding] = []
    var long: [Finding] = []
    for (finding, key, isLong) in ours {
      if let count = known[key], count > 0 {
        known[key] = count - 1
      } else if isLong {
        long.append(finding)
      } else {
        others.append(finding)
      }
    }
    return (others, long)
  }
}

extension Fact {
  fileprivate var isEndOfHandle: Bool { if case .handleEnded = self { true } else { false } }
}

package import Trace

/// One of two runs that are compared.
package struct ComparedRun: Sendable {
  package var header: RunHeader
  package var timeline: Timeline

  package init(header: RunHeader, timeline: Timeline) {
    self.header = header
    self.timeline = timeline
  }

  var sources: [RunHeader.SourceText] { timeline.sourceTexts(with: header) }
}

/// Where two runs part, and what follows from it.
package struct Comparison: Sendable {
  /// What one run has and the other has in its place: each is nil where it has nothing.
  package struct Pair<Value: Equatable & Sendable>: Equatable, Sendable {
    package var a: Value?
    package var b: Value?

    init(_ a: Value?, _ b: Value?) {
      self.a = a
      self.b = b
    }
  }

  package enum Side: Equatable, Sendable {
    case a
    case b
  }

  /// Where the decisions part.
  package struct Parting: Equatable, Sendable {
    /// The step in which that is, counted from 1; 0 before the first.
    package var step: Int
    /// Whether it is another step, else something else is done in it.
    package var isOtherStep = false
    /// The run that ends here, while all that it tells is the same.
    package var shorter: Side?
    /// The lane that does something else; nil where none does.
    package var lane: Pair<LaneID>?
    /// Indexes, in A, of the last decisions of that lane before, which are the same.
    package var before: [Int] = []
    /// Indexes of the first decisions of that lane from there on, within the step.
    package var a: [Int] = []
    package var b: [Int] = []
  }

  /// Where another handle runs.
  package struct OtherStep: Equatable, Sendable {
    /// The step, counted from 1.
    package var step: Int
    /// When a run does what the other did in this step; nil where it does not.
    package var later: Pair<Int>
  }

  package let a: ComparedRun
  package let b: ComparedRun
  /// Nil where the decisions are the same as far as both runs tell.
  package internal(set) var parting: Parting?
  /// Nil where the same steps run from there on.
  package internal(set) var otherStep: OtherStep?
  package internal(set) var work: LaneWork
  /// The lanes of those that came to another end.
  package internal(set) var endedOtherwise: [LaneWork.Pair] = []
  /// How many others did otherwise, and what the first few of them did.
  package internal(set) var laneDifferenceCount = 0
  package internal(set) var laneDifferences: [LaneDifference] = []
  package internal(set) var output: OutputDifference
  package internal(set) var findings: FindingsDifference
  /// Whether one was recorded with tasks alone, so that only tasks can be compared.
  package internal(set) var isOfTasksAlone = false
  /// How many steps were found to be the same before the runs part, or before events were lost; where
  /// none are told, how many decisions.
  package internal(set) var sameCount = 0
  /// Whether events were lost before it could be told where the runs part.
  package internal(set) var isUnsure = false

  /// Whether nothing differs.
  package var isAlike: Bool {
    !isUnsure && parting == nil && work.isSame && output.isSame && findings.isSame
  }
}

/// Compares two runs. O(events).
package func compare(_ a: ComparedRun, _ b: ComparedRun) -> Comparison {
  let families = (Family(of: a.timeline), Family(of: b.timeline))
  let pairs = LanePairs(families.0, families.1)
  let isOfTasksAlone = a.timeline.tellsNoSteps || b.timeline.tellsNoSteps
  let isMixed = isOfTasksAlone && a.timeline.tellsNoSteps != b.timeline.tellsNoSteps
  let hasOneRuntime = a.header.runtime == b.header.runtime
  let scope = Reading.Scope(
    hasSteps: !isOfTasksAlone,
    hasLines: hasOneRuntime && !a.sources.isEmpty && a.sources == b.sources,
    hasValues: hasOneRuntime && !isOfTasksAlone, hasOutput: !isMixed)
  var readings = (
    Reading(a.timeline, scope: scope, names: pairs.names),
    Reading(b.timeline, scope: scope, names: pairs.namesOfB)
  )
  let decisions = (
    Decisions(&readings.0, lanes: pairs.keys), Decisions(&readings.1, lanes: pairs.keysOfB)
  )
  var comparison = Comparison(
    a: a, b: b,
    work: LaneWork(a.timeline, b.timeline, pairs, decisions, ofTasksAlone: isOfTasksAlone),
    output: isMixed ? OutputDifference() : OutputDifference(a.timeline, b.timeline),
    findings: isMixed ? FindingsDifference() : FindingsDifference(a, b))
  comparison.isOfTasksAlone = isOfTasksAlone
  let others = comparison.work.otherwise.filter { !comparison.endsOtherwise($0) }
  comparison.endedOtherwise = comparison.work.otherwise.filter(comparison.endsOtherwise)
  comparison.laneDifferenceCount = others.count
  comparison.laneDifferences = LaneDifference.all(
    in: others.prefix(Comparison.shownLanes), &readings.0, &readings.1)
  comparison.findParting(decisions)
  return comparison
}

extension Comparison {
  fileprivate func endsOtherwise(_ pair: LaneWork.Pair) -> Bool {
    a.timeline.state(of: pair.a, at: a.timeline.events.count)
      != b.timeline.state(of: pair.b, at: b.timeline.events.count)
  }

  /// Of so many lanes it is told what they did otherwise.
  package static let shownLanes = 8
}

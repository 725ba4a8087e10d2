import Insight
import Trace

/// What `docs/exploration.md` describes.
extension ExplorationReport {
  var json: JSON {
    .object([
      ("program", .array(command.map(JSON.text))), ("runs", .count(exploration.runCount)),
      ("wanted", .count(wanted)), ("failed", .count(exploration.runCount - exploration.goodCount)),
      ("outcomes", .array(exploration.groupsByCount.map(\.json))),
      ("otherSeeds", .array(exploration.otherSeeds.map(JSON.unsigned))),
      ("worst", worstJSON), ("difference", contrast?.json ?? .null),
    ])
  }

  private var worstJSON: JSON {
    guard let worst = exploration.worst, let again else { return .null }
    return .object([
      ("text", .text(worst.outcome.text)), ("seed", .unsigned(worst.firstSeed)),
      ("decides", narrowed.map { .text($0.word) } ?? .null),
      ("chances", narrowed?.chances.map(JSON.count) ?? .null),
      ("again", .array(again.map(JSON.text))),
    ])
  }
}

extension Exploration.Group {
  fileprivate var json: JSON {
    .object([
      ("text", .text(outcome.text)), ("good", .bool(outcome.isGood)), ("count", .count(count)),
      ("outputs", .count(outputCount)), ("seeds", .array(seeds.map(JSON.unsigned))),
    ])
  }
}

extension Narrowed {
  fileprivate var word: String {
    switch self {
    case .chances: "chance"
    case .none: "nothing"
    case .somethingElse: "unknown"
    }
  }

  fileprivate var chances: Int? {
    switch self {
    case .chances(let count, _, _): count
    case .none: 0
    case .somethingElse: nil
    }
  }
}

extension Contrast {
  fileprivate var json: JSON { comparison.json(a: a.members, b: b.members) }
}

extension Contrast.Side {
  fileprivate var members: [(String, JSON)] {
    [("seed", .unsigned(seed)), ("chances", chances.map(JSON.count) ?? .null)]
  }
}

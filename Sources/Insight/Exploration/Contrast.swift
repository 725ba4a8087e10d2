/// The two runs of an exploration that say most when they are compared: one that failed, and one
/// that went well, or at least otherwise.
package struct Contrast: Sendable {
  /// A run, and how it is had again.
  package struct Side: Sendable {
    package let seed: UInt64
    /// Nil where there was no limit.
    package let chances: Int?
    package let run: ComparedRun

    /// `seed 2, with 1 chance`.
    var name: String {
      "seed \(seed)" + (chances.map { ", with \(counted($0, "chance"))" } ?? "")
    }
  }

  package let a: Side
  /// The one that failed.
  package let b: Side

  /// - Parameter narrowed: of the worst that happened, if that could be found.
  /// - Returns: nil where none failed, or where all runs came out alike.
  init?(_ exploration: Exploration, narrowed: Narrowed?) {
    guard let worst = exploration.worst else { return nil }
    if case .chances(let count, let without, let with) = narrowed {
      a = Side(seed: worst.firstSeed, chances: count - 1, run: without)
      b = Side(seed: worst.firstSeed, chances: count, run: with)
    } else {
      guard let usual = exploration.usual else { return nil }
      a = Side(seed: usual.firstSeed, chances: nil, run: usual.first)
      b = Side(seed: worst.firstSeed, chances: nil, run: worst.first)
    }
  }

  /// O(events).
  package var comparison: Comparison { compare(a.run, b.run) }

  package var report: Report { Report(comparison, names: (a.name, b.name)) }
}

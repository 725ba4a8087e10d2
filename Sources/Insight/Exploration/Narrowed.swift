/// A seed with the fewest of its chances with which a run fails.
package struct Narrowed: Sendable {
  package let seed: UInt64
  /// So many chances are enough, at least one; with one less it went otherwise.
  package let chances: Int
  package let without: ComparedRun
  package let with: ComparedRun

  package init(seed: UInt64, chances: Int, without: ComparedRun, with: ComparedRun) {
    self.seed = seed
    self.chances = chances
    self.without = without
    self.with = with
  }
}

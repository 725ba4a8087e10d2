/// What decides that the runs of a seed fail.
package enum Narrowed: Sendable {
  /// So many chances are enough, at least one; with one less it went otherwise.
  case chances(Int, without: ComparedRun, with: ComparedRun)
  /// It fails even if nothing is late or out of order.
  case none
  /// Once more with the same seed it went otherwise.
  case somethingElse
}

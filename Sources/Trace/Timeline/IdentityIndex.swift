/// Finds the record of an identity, where records lie in the order of their creation.
///
/// Identities are counters, so the index is nearly always the identity less one. Facts may have
/// been lost, though, and recordings are untrusted: identities only have to rise. A gap costs one
/// entry here, however wide it is, so that memory goes by facts and never by an identity's value.
struct IdentityIndex: Sendable {
  /// Identities without a gap among them.
  private struct Run {
    var identity: UInt32
    var index: Int
  }

  private var runs: [Run] = []
  private var last: UInt32 = 0
  private(set) var count = 0

  /// - Returns: whether the identity is new: higher than all before it.
  mutating func add(_ identity: UInt32) -> Bool {
    guard identity > last else { return false }
    if runs.isEmpty || identity != last + 1 { runs.append(Run(identity: identity, index: count)) }
    last = identity
    count += 1
    return true
  }

  /// O(1) without gaps, else O(log gaps).
  func index(of identity: UInt32) -> Int? {
    guard let first = runs.first, identity >= first.identity, identity <= last else { return nil }
    if runs.count == 1 { return Int(identity - first.identity) }
    let position = runs.prefixCount { $0.identity <= identity } - 1
    let run = runs[position]
    let index = run.index + Int(identity - run.identity)
    let end = position + 1 < runs.count ? runs[position + 1].index : count
    return index < end ? index : nil
  }

  /// - Precondition: the index is below `count`.
  func identity(at index: Int) -> UInt32 {
    let run = runs.count == 1 ? runs[0] : runs[runs.prefixCount { $0.index <= index } - 1]
    return run.identity + UInt32(truncatingIfNeeded: index - run.index)
  }
}

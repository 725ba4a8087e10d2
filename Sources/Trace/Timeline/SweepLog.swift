/// The events that change all living lanes at once: losses, and the end of the run.
///
/// They are not written into each lane. A lane's own history is completed when it is read, or when
/// its next fact comes, so that a recording of nothing but losses costs no more than any other.
struct SweepLog: Sendable {
  struct Drop: Sendable {
    var event: UInt32
    /// The number of events lost up to and with this one.
    var total: UInt64
    /// The number of handles that had entered the ready queue: all of them are forgotten.
    var entered: UInt32
  }

  private(set) var drops: [Drop] = []
  private(set) var ends: [UInt32] = []

  /// Whether nothing has changed all lanes at once among the first `cursor` events.
  func isEmpty(at cursor: Int) -> Bool {
    Int(drops.first?.event ?? .absent) >= cursor && Int(ends.first ?? .absent) >= cursor
  }

  mutating func drop(_ count: UInt32, entered: Int, at event: UInt32) {
    let total = (drops.last?.total ?? 0) + UInt64(count)
    drops.append(Drop(event: event, total: total, entered: UInt32(truncatingIfNeeded: entered)))
  }

  mutating func end(at event: UInt32) {
    ends.append(event)
  }

  /// The last drop among the first `cursor` events.
  func drop(at cursor: Int) -> Drop? {
    guard !drops.isEmpty else { return nil }
    let count = drops.prefixCount { Int($0.event) < cursor }
    return count > 0 ? drops[count - 1] : nil
  }

  /// The last end of the run among the first `cursor` events.
  func end(at cursor: Int) -> Int? {
    guard !ends.isEmpty else { return nil }
    let count = ends.prefixCount { Int($0) < cursor }
    return count > 0 ? Int(ends[count - 1]) : nil
  }

  /// What the sweeps among the first `cursor` events did to a lane whose own last change is given:
  /// a loss makes it unknown once, and the end of the run leaves it unfinished for good.
  func changes(after last: LaneChange, at cursor: Int = .max) -> Swept {
    guard !drops.isEmpty || !ends.isEmpty, !last.state.isEnded else { return Swept() }
    var swept = Swept()
    let end = ends.first(after: last.index) { $0 }
    if let drop = drops.first(after: last.index, { $0.event }),
      drop < end ?? .absent, Int(drop) < cursor
    {
      swept.first = LaneChange(.unknown, at: drop)
    }
    if let end, Int(end) < cursor { swept.second = LaneChange(.unfinished, at: end) }
    return swept
  }
}

extension Array {
  /// The first event in this sorted array after the one given.
  fileprivate func first(after event: UInt32, _ key: (Element) -> UInt32) -> UInt32? {
    guard let last, key(last) > event else { return nil }
    return key(self[prefixCount { key($0) <= event }])
  }
}

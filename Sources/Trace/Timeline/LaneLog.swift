/// What is kept of each lane. Everything else is read from the events that are named here.
struct LaneLog: Sendable {
  struct Record: Sendable {
    var created: UInt32
    /// The lane that awaits it directly, and the event in which that began. Once in its life.
    var awaiter = UInt32.absent
    var awaited = UInt32.absent
    /// The task around it.
    var task = UInt32.absent
    /// The task that it runs in: its own, or that of the lane which awaits it.
    var root = UInt32.absent
    var changes: [LaneChange]

    var last: LaneChange { changes[changes.count - 1] }
  }

  private(set) var identities = IdentityIndex()
  var records: [Record] = []

  /// - Returns: whether the lane is new.
  mutating func add(_ lane: LaneID, at event: UInt32) -> Bool {
    guard identities.add(lane.rawValue) else { return false }
    records.append(Record(created: event, changes: [LaneChange(.pending, at: event)]))
    return true
  }

  func index(of lane: LaneID) -> Int? { identities.index(of: lane.rawValue) }

  func lane(at index: UInt32) -> LaneID {
    index == .absent ? .none : LaneID(identities.identity(at: Int(index)))
  }
}

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
    /// Which of the lanes with its name it is, in the order of creation, from 1.
    var namesake: UInt32
    var changes: [LaneChange]

    var last: LaneChange { changes[changes.count - 1] }
  }

  private(set) var identities = IdentityIndex()
  var records: [Record] = []
  /// How many lanes have each name, by the first text of that name.
  private var namesakes: [TextID: UInt32] = [:]
  /// The first text of each name: a recorder may write the same name more than once.
  private var firsts: [String: TextID] = [:]

  /// - Returns: whether the lane is new.
  mutating func add(
    _ lane: LaneID, named name: TextID, at event: UInt32, in texts: TextTable
  ) -> Bool {
    guard identities.add(lane.rawValue) else { return false }
    var first = name
    if namesakes[name] == nil {
      let text = texts[name]
      first = firsts[text] ?? name
      if first == name { firsts[text] = name }
    }
    let namesake = (namesakes[first] ?? 0) + 1
    namesakes[first] = namesake
    records.append(
      Record(created: event, namesake: namesake, changes: [LaneChange(.pending, at: event)]))
    return true
  }

  func index(of lane: LaneID) -> Int? { identities.index(of: lane.rawValue) }

  func lane(at index: UInt32) -> LaneID {
    index == .absent ? .none : LaneID(identities.identity(at: Int(index)))
  }
}

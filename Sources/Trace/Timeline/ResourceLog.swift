/// What is kept of each lock, event, queue and the like.
struct ResourceLog: Sendable {
  struct Record: Sendable {
    /// Its `resourceCreated`.
    var created: UInt32
    /// Its `resourceChanged` events, in order.
    var changes = EventList()
    /// Head of the list of those who stand in line.
    var lastFuture = UInt32.absent
  }

  private struct InLine {
    /// The `futureCreated` event.
    var event: UInt32
    /// The one before it in the same line.
    var previous: UInt32
  }

  private struct Holding: Hashable {
    var lane: LaneID
    var resource: Int
  }

  private(set) var identities = IdentityIndex()
  var records: [Record] = []
  /// What each lane has ever held, each once.
  private var held: [LaneID: [Int]] = [:]
  private var holdings: Set<Holding> = []
  private var line: [InLine] = []
  /// Who took the permits of each semaphore.
  var permits: [Int: PermitLog] = [:]

  /// - Returns: false for an identity given before.
  mutating func add(_ resource: ResourceID, at event: UInt32) -> Bool {
    guard identities.add(resource.rawValue) else { return false }
    records.append(Record(created: event))
    return true
  }

  func index(of resource: ResourceID) -> Int? { identities.index(of: resource.rawValue) }

  func resource(at index: Int) -> ResourceID { ResourceID(identities.identity(at: index)) }

  /// - Parameter holder: who has it from now on.
  mutating func change(_ resource: Int, holder: LaneID, at event: UInt32) {
    if holder != .none, holdings.insert(Holding(lane: holder, resource: resource)).inserted {
      held[holder, default: []].append(resource)
    }
    records[resource].changes.append(event)
  }

  /// What a lane has ever held, in the order in which it first did.
  func everHeld(by lane: LaneID) -> [ResourceID] {
    held[lane, default: []].map(resource)
  }

  mutating func stand(inLineFor resource: Int, at event: UInt32) {
    let previous = records[resource].lastFuture
    records[resource].lastFuture = UInt32(truncatingIfNeeded: line.count)
    line.append(InLine(event: event, previous: previous))
  }

  /// Visits the events in which a future was made for somebody to stand in line with, latest
  /// first, and stops when told to.
  func forEachInLine(for resource: Int, _ visit: (Int) -> Bool) {
    var next = records[resource].lastFuture
    while next != .absent {
      let place = line[Int(next)]
      guard visit(Int(place.event)) else { return }
      next = place.previous
    }
  }
}

/// What is kept of each future and task.
struct FutureLog: Sendable {
  struct Record: Sendable {
    /// Its `futureCreated` or `taskCreated`.
    var created: UInt32
    var resolved = UInt32.absent
    /// For a task: the innermost coroutine of its chain of awaits, which its next step will resume.
    var leaf = UInt32.absent
    /// The timer that will give it its result: the end of a sleep. For a task, the last that was to
    /// cancel it.
    var timer = UInt32.absent
    /// Heads of the lists below.
    var lastWait = UInt32.absent
    var lastMember = UInt32.absent
    var lastOwner = UInt32.absent
    /// Where a coroutine first was suspended on it, and where a second other future came to wait for it.
    var firstWait = UInt32.absent
    var secondOwner = UInt32.absent
  }

  /// A coroutine was suspended on a future.
  private struct Suspension {
    var event: UInt32
    /// The one before it on the same future.
    var previous: UInt32
  }

  /// A future waits for another.
  private struct Membership {
    var event: UInt32
    /// The one before it of the same owner, and of the same member.
    var previousOfOwner: UInt32
    var previousOfMember: UInt32
  }

  private(set) var identities = IdentityIndex()
  var records: [Record] = []
  private var suspensions: [Suspension] = []
  private var memberships: [Membership] = []

  mutating func add(_ future: FutureID, at event: UInt32) -> Int? {
    guard identities.add(future.rawValue) else { return nil }
    records.append(Record(created: event))
    return records.count - 1
  }

  func index(of future: FutureID) -> Int? { identities.index(of: future.rawValue) }

  func future(at index: UInt32) -> FutureID {
    index == .absent ? .none : FutureID(identities.identity(at: Int(index)))
  }

  mutating func suspend(on future: Int, at event: UInt32) {
    let previous = records[future].lastWait
    if previous == .absent { records[future].firstWait = event }
    records[future].lastWait = UInt32(truncatingIfNeeded: suspensions.count)
    suspensions.append(Suspension(event: event, previous: previous))
  }

  mutating func join(_ owner: Int, _ member: Int, at event: UInt32) {
    let membership = Membership(
      event: event, previousOfOwner: records[owner].lastMember,
      previousOfMember: records[member].lastOwner)
    let former = records[member].lastOwner
    if former != .absent, memberships[Int(former)].previousOfMember == .absent {
      records[member].secondOwner = event
    }
    records[owner].lastMember = UInt32(truncatingIfNeeded: memberships.count)
    records[member].lastOwner = UInt32(truncatingIfNeeded: memberships.count)
    memberships.append(membership)
  }

  /// Visits the events in which a coroutine was suspended on a future, latest first.
  func forEachSuspension(on future: Int, at cursor: Int, _ visit: (Int) -> Void) {
    var next = records[future].lastWait
    while next != .absent {
      let suspension = suspensions[Int(next)]
      if Int(suspension.event) < cursor { visit(Int(suspension.event)) }
      next = suspension.previous
    }
  }

  /// Visits the events in which a future came to wait for another, latest first.
  func forEachMember(of future: Int, at cursor: Int, _ visit: (Int) -> Void) {
    var next = records[future].lastMember
    while next != .absent {
      let membership = memberships[Int(next)]
      if Int(membership.event) < cursor { visit(Int(membership.event)) }
      next = membership.previousOfOwner
    }
  }

  /// Visits the latest events in which a future came to wait for another, so many at most.
  func forEachMember(of future: Int, atMost limit: Int, _ visit: (Int) -> Void) {
    var next = records[future].lastMember
    for _ in 0..<limit where next != .absent {
      visit(Int(memberships[Int(next)].event))
      next = memberships[Int(next)].previousOfOwner
    }
  }

  /// Visits the events in which a future came to be waited for by another, latest first.
  func forEachOwner(of future: Int, at cursor: Int, _ visit: (Int) -> Void) {
    var next = records[future].lastOwner
    while next != .absent {
      let membership = memberships[Int(next)]
      if Int(membership.event) < cursor { visit(Int(membership.event)) }
      next = membership.previousOfMember
    }
  }
}

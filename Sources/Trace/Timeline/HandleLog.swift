/// What is kept of each handle and timer: the events in which things happened to it.
struct HandleLog: Sendable {
  struct Record: Sendable {
    /// Its `handleScheduled` or `timerScheduled`.
    var scheduled: UInt32
    /// The event in which it entered the ready queue: that same one, or its `timerFired`.
    var entered = UInt32.absent
    /// Its position among all handles that ever entered the ready queue.
    var place = UInt32.absent
    var began = UInt32.absent
    var ended = UInt32.absent
    var cancelled = UInt32.absent

    /// Whether it is, as a timer, still before its deadline after `cursor` events.
    func isPending(at cursor: Int) -> Bool {
      Int(scheduled) < cursor && Int(min(entered, cancelled, began)) >= cursor
    }
  }

  private(set) var identities = IdentityIndex()
  var records: [Record] = []

  /// All handles that ever entered the ready queue, in that order. The queue at a cursor is a
  /// slice of this.
  private(set) var queue: [UInt32] = []
  /// The number of them that have left it: begun, or passed over because a later one began.
  private(set) var left = 0

  /// - Returns: the index of its record, nil if the handle is not new.
  mutating func add(_ handle: HandleID, at event: UInt32) -> Int? {
    guard identities.add(handle.rawValue) else { return nil }
    records.append(Record(scheduled: event))
    return records.count - 1
  }

  mutating func enter(_ index: Int, at event: UInt32) {
    records[index].entered = event
    records[index].place = UInt32(truncatingIfNeeded: queue.count)
    queue.append(UInt32(truncatingIfNeeded: index))
  }

  mutating func begin(_ index: Int, at event: UInt32) {
    records[index].began = event
    let place = records[index].place
    if place != .absent { left = max(left, Int(place) + 1) }
  }

  mutating func forgetQueue() {
    left = queue.count
  }

  func index(of handle: HandleID) -> Int? { identities.index(of: handle.rawValue) }

  func handle(at index: UInt32) -> HandleID { HandleID(identities.identity(at: Int(index))) }

  /// The number of handles that had entered the ready queue after `cursor` events. O(log count).
  func enteredCount(at cursor: Int) -> Int {
    queue.prefixCount { Int(records[Int($0)].entered) < cursor }
  }
}

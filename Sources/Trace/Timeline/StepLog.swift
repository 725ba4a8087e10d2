/// Where each step begins: a handle taken from the ready queue and run, with the jump of the
/// clock, the tick and the timers that came right before it, and what was scheduled from outside
/// since the step before.
///
/// A handle may run a loop of its own: then steps lie within a step, which goes on after them.
struct StepLog: Sendable {
  struct Record: Sendable {
    /// The first event of the step.
    var start: UInt32
    /// Its `handleBegan`.
    var began: UInt32
    /// The number of handles that have left the ready queue, with this one.
    var left: UInt32
  }

  /// A step that goes on because one within it is over.
  private struct Return {
    /// The `handleEnded` of the inner one.
    var event: UInt32
    var step: UInt32
  }

  private struct Running {
    var step: UInt32
    var handle: Int
  }

  private(set) var records: [Record] = []
  private var returns: [Return] = []
  /// The first event since the last step that belongs to the next, if that comes.
  private var lead = UInt32.absent
  /// The steps that have begun and not ended, the innermost last.
  private var running: [Running] = []

  /// The innermost step that has begun and not ended, or `.absent`.
  var current: UInt32 { running.last?.step ?? .absent }

  /// The clock jumped, a tick began or a timer fired.
  mutating func lead(at event: UInt32) {
    if running.isEmpty, lead == .absent { lead = event }
  }

  /// A handle was scheduled or a timer set. Between two steps that came from outside, and leads to
  /// the next; before the first it is how the program came to be.
  mutating func schedule(at event: UInt32) {
    if !records.isEmpty { lead(at: event) }
  }

  mutating func begin(_ handle: Int, left: Int, at event: UInt32) {
    let start = running.isEmpty ? min(lead, event) : event
    if running.count == Timeline.deepestStep { running.removeFirst() }
    running.append(Running(step: UInt32(truncatingIfNeeded: records.count), handle: handle))
    records.append(
      Record(start: start, began: event, left: UInt32(truncatingIfNeeded: left)))
    lead = .absent
  }

  /// - Returns: the step that is over, nil if it was none of those that run.
  mutating func end(_ handle: Int, at event: UInt32) -> UInt32? {
    guard let place = running.lastIndex(where: { $0.handle == handle }) else { return nil }
    let step = running.remove(at: place).step
    if let outer = running.last { returns.append(Return(event: event, step: outer.step)) }
    return step
  }

  /// Events were lost, or the run ended: whatever ran does not run any more.
  mutating func abandon() {
    running.removeAll()
  }

  /// The step that may be running at a cursor: the one that began or went on last. O(log steps).
  func latest(at cursor: Int) -> Record? {
    let begun = records.prefixCount { Int($0.began) < cursor }
    guard begun > 0 else { return nil }
    let gone = returns.prefixCount { Int($0.event) < cursor }
    guard gone > 0, returns[gone - 1].event > records[begun - 1].began else {
      return records[begun - 1]
    }
    return records[Int(returns[gone - 1].step)]
  }
}

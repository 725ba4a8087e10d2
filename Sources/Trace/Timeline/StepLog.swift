/// Where each step begins: a handle taken from the ready queue and run, with the jump of the
/// clock, the tick and the timers that came right before it, and what was scheduled from outside
/// since the step before.
struct StepLog: Sendable {
  struct Record: Sendable {
    /// The first event of the step.
    var start: UInt32
    /// Its `handleBegan`.
    var began: UInt32
    /// The number of handles that have left the ready queue, with this one.
    var left: UInt32
  }

  private(set) var records: [Record] = []
  /// The first event since the last step that belongs to the next, if that comes.
  private var lead = UInt32.absent
  private var running = UInt32.absent

  /// The clock jumped, a tick began or a timer fired.
  mutating func lead(at event: UInt32) {
    if running == .absent, lead == .absent { lead = event }
  }

  /// A handle was scheduled or a timer set. Between two steps that came from outside, and leads to
  /// the next; before the first it is how the program came to be.
  mutating func schedule(at event: UInt32) {
    if !records.isEmpty { lead(at: event) }
  }

  mutating func begin(_ handle: Int, left: Int, at event: UInt32) {
    let start = running == .absent ? min(lead, event) : event
    records.append(
      Record(start: start, began: event, left: UInt32(truncatingIfNeeded: left)))
    running = UInt32(truncatingIfNeeded: handle)
    lead = .absent
  }

  mutating func end(_ handle: Int) {
    if running == UInt32(truncatingIfNeeded: handle) { running = .absent }
  }

  /// Events were lost, or the run ended: whatever ran does not run any more.
  mutating func abandon() {
    running = .absent
  }
}

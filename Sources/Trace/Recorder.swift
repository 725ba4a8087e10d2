/// What an event loop writes its facts to.
///
/// Recording a fact stores 32 bytes in a buffer whose room is kept from drain to drain, and does
/// nothing else: no allocation, no text. Whoever drives the loop drains it at its leisure.
public final class Recorder {
  /// The moment that the next facts bear, in nanoseconds since the start of the run. The loop sets
  /// it whenever its clock moves.
  package var time: Int64 {
    get { now }
    set { now = newValue }
  }

  // An array here would cost a run-time exclusivity check for every fact, which takes four times
  // as long as storing it. Plain private variables are proven safe by the optimizer instead.
  private var now: Int64 = 0
  private var events: UnsafeMutablePointer<Event>
  private var count = 0
  private var capacity: Int
  private var texts = TextTable()
  private var textsHandedOut = 1

  private let whenFull: ((Batch) -> Void)?

  /// - Parameters:
  ///   - capacity: how many events fit between two drains.
  ///   - whenFull: takes what there is when they are more; where nil, the buffer grows until it is
  ///     drained, by 32 bytes an event.
  public init(capacity: Int = 16_384, whenFull: ((Batch) -> Void)? = nil) {
    self.capacity = max(capacity, 1)
    self.whenFull = whenFull
    events = .allocate(capacity: self.capacity)
  }

  deinit { events.deallocate() }

  /// The number of events since the last drain.
  public var pendingCount: Int { count }

  package func record(_ fact: Fact) {
    if count == capacity { makeRoom() }
    (events + count).initialize(to: Event(time: now, fact: fact))
    count &+= 1
  }

  /// Finds or adds a text that is likely to come again: a name, a file, a kind. O(length).
  package func intern(_ text: String) -> TextID { texts.intern(text) }

  /// Adds a text without looking for it: what a program prints. O(1).
  package func append(text: String) -> TextID { texts.append(text) }

  /// Hands out what was recorded since the last drain. O(number of events).
  public func drain() -> Batch {
    let batch = Batch(
      texts: texts.suffix(from: textsHandedOut),
      events: Array(UnsafeBufferPointer(start: events, count: count)))
    textsHandedOut = texts.count
    count = 0
    return batch
  }

  @inline(never) private func makeRoom() {
    if let whenFull { return whenFull(drain()) }
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: events, count: count)
    events.deallocate()
    events = larger
    capacity *= 2
  }
}

import Trace

/// Work that threads do for a loop, in the order in which it was given to them.
struct OutsideWork {
  struct Entry {
    let id: UInt32
    let name: String
    /// When it was given away, in nanoseconds on the loop's clock.
    let since: Int64
    let isDone: () -> Bool
    /// How long it took on a virtual clock, in nanoseconds.
    let duration: () -> Int64
    /// What it printed on a virtual clock, which is shown in its turn.
    let said: () -> String
    /// Brings the outcome to who waits for it.
    let deliver: () -> Void
  }

  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }
  var first: Entry? { entries.first }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// O(entries).
  mutating func remove(_ id: UInt32) -> Entry? {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
    return entries.remove(at: index)
  }
}

extension EventLoop {
  /// Puts what other threads have left into the ready queue.
  func takeDeliveries() {
    for delivery in executor.takeDeliveries() {
      switch delivery {
      case .job(let job): enqueue(.job(job), cause: Cause(.external))
      case .call(let name, let body): callSoon(name, cause: Cause(.external), body)
      case .output(let text): write(text, to: .stdout)
      case .workDone(let id):
        // On a virtual clock it is taken in its turn, so that each run is the same.
        guard clock.kind == .real, let entry = outsideWork.remove(id) else { continue }
        callSoon("set result of \(entry.name)", cause: Cause(.external)) { entry.deliver() }
      }
    }
  }

  /// Lets threads finish before a virtual clock moves, and sets timers for what they have done.
  ///
  /// What a thread does takes the time that it sleeps: see ``timeSleep(_:)``.
  func settleOutsideWork() {
    while ready.isEmpty, let entry = outsideWork.first {
      while !entry.isDone() {
        executor.mailbox.wait(nanoseconds: .max)
        takeDeliveries()
        guard ready.isEmpty else { return }
      }
      _ = outsideWork.remove(entry.id)
      if !entry.said().isEmpty { write(entry.said(), to: .stdout) }
      callAt(entry.since + entry.duration(), "set result of \(entry.name)") { entry.deliver() }
    }
  }
}

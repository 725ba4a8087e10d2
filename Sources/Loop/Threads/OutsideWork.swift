import Trace

/// Work that threads do for a loop, in the order in which it was given to them.
struct OutsideWork {
  struct Entry {
    let id: UInt32
    let name: String
    /// When it was given away, in nanoseconds on the loop's clock.
    let since: Int64
    let isDone: () -> Bool
    /// Whether it waits for what the loop does, on a virtual clock.
    let isWaiting: () -> Bool
    /// How long it took on a virtual clock, in nanoseconds.
    let duration: () -> Int64
    /// What it has done on a virtual clock and was not taken yet.
    let takeDeeds: () -> [ThreadDeed]
    /// Brings the outcome to who waits for it.
    let deliver: () -> Void

    /// When it had slept so many nanoseconds, held within what the clock can count.
    func moment(after slept: Int64) -> Int64 {
      let (moment, isBeyond) = since.addingReportingOverflow(slept)
      return isBeyond ? .max : moment
    }
  }

  /// What threads have done by a moment to come, on a virtual clock.
  struct Due {
    let when: Int64
    /// The ``Entry``'s.
    let id: UInt32
    let what: What

    enum What {
      case deed(ThreadDeed.Kind)
      case end(Entry)
    }
  }

  /// So many nanoseconds may pass until a function that has called the loop, and is not done, is
  /// taken to wait for what the loop does.
  var patience: Int64 = 5_000_000_000
  private var entries: [Entry] = []
  private var due: [Due] = []

  var isEmpty: Bool { entries.isEmpty && due.isEmpty }
  /// Whether all that is left waits for the loop. O(entries).
  var waitsForLoop: Bool { due.isEmpty && entries.allSatisfy { $0.isWaiting() } }
  var nextDue: Int64? { due.first?.when }

  /// Those that are not done, as far as the loop knows; nil after the last.
  subscript(index: Int) -> Entry? { index < entries.count ? entries[index] : nil }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// O(entries).
  mutating func remove(_ id: UInt32) -> Entry? {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
    return entries.remove(at: index)
  }

  /// At the same moment, who was given work first does what it does first. O(due).
  mutating func add(_ new: Due) {
    let index = due.firstIndex { ($0.when, $0.id) > (new.when, new.id) }
    due.insert(new, at: index ?? due.count)
  }

  mutating func popDue(by now: Int64) -> Due.What? {
    guard let first = due.first, first.when <= now else { return nil }
    return due.removeFirst().what
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
      case .workWaits: break
      case .workDone(let id):
        // On a virtual clock it is taken in its turn, so that each run is the same.
        guard clock.kind == .real, let entry = outsideWork.remove(id) else { continue }
        deliver(entry)
      }
    }
  }

  /// Mirrors the `call_soon_threadsafe` with which a future of `concurrent.futures` tells that it
  /// is done.
  private func deliver(_ entry: OutsideWork.Entry) {
    callSoon("set result of \(entry.name)", cause: Cause(.external)) { entry.deliver() }
  }

  func takeBackOutsideWork(_ id: UInt32) {
    guard let entry = outsideWork.remove(id), profile.chainedFuturesCallSoon else { return }
    callSoon("set result of \(entry.name)", cause: Cause(.callSoon)) {}
  }

  /// Gives threads their turn, on a virtual clock with nothing in the ready queue: what they do
  /// takes the time that they sleep, see ``timeSleep(_:)``, and comes before the timers that are due
  /// by then.
  ///
  /// - Returns: what keeps the clock from the next that they do, nil if nothing does.
  func takeOutsideTurn(limit: Int64) -> Progress? {
    settleOutsideWork()
    dropCancelledTimers()
    while ready.isEmpty, let due = outsideWork.nextDue,
      due <= max(clock.now, timers.first?.when ?? .max)
    {
      let now = clock.now
      if due > now {
        guard due <= limit else { return .idle(until: due) }
        clock.jump(to: due)
        recorder?.time = due
        recorder?.record(.timeJumped(from: now))
      }
      while let what = outsideWork.popDue(by: clock.now) {
        switch what {
        case .deed(.say(let text)): write(text, to: .stdout)
        case .deed(.call(let name, let body)): callSoon(name, cause: Cause(.external), body)
        case .end(let entry): deliver(entry)
        }
      }
    }
    return nil
  }

  /// Waits until all that threads were given is done or waits for the loop, and notes what they did
  /// and when they will have ended.
  private func settleOutsideWork() {
    var waiting = 0
    while ready.isEmpty, let entry = outsideWork[waiting] {
      guard wait(for: entry) else { return }
      note(entry.takeDeeds(), of: entry)
      if entry.isDone() {
        _ = outsideWork.remove(entry.id)
        let end = entry.moment(after: entry.duration())
        outsideWork.add(.init(when: end, id: entry.id, what: .end(entry)))
      } else {
        waiting += 1
      }
    }
  }

  /// - Returns: false if it neither is done nor waits for the loop, but there is something else to do.
  private func wait(for entry: OutsideWork.Entry) -> Bool {
    // It may wait for what the loop does when it is called, in a way that the loop does not know.
    let patience = outsideWork.patience
    var begun = LoopClock.monotonic()
    while !entry.isDone(), !entry.isWaiting() {
      executor.mailbox.wait(nanoseconds: patience)
      takeDeliveries()
      guard ready.isEmpty else { return false }
      guard LoopClock.monotonic() - begun >= patience else { continue }
      let deeds = entry.takeDeeds()
      note(deeds, of: entry)
      if !deeds.isEmpty { return false }
      begun = LoopClock.monotonic()
    }
    return true
  }

  private func note(_ deeds: [ThreadDeed], of entry: OutsideWork.Entry) {
    for deed in deeds {
      let when = entry.moment(after: deed.after)
      outsideWork.add(.init(when: when, id: entry.id, what: .deed(deed.kind)))
    }
  }
}

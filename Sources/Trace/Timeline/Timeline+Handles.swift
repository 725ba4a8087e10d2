extension Timeline {
  /// - Returns: nil for an identity that nothing introduced.
  package func handle(_ id: HandleID) -> Handle? {
    guard let index = handles.index(of: id) else { return nil }
    let record = handles.records[index]
    var handle = Handle(
      id: id, callback: Callback(.function, .none), cause: Cause(.timer),
      scheduled: Int(record.scheduled))
    switch fact(record.scheduled) {
    case .timerScheduled(_, let when, let callback):
      handle.when = when
      handle.callback = callback
    case .handleScheduled(_, let callback, let cause):
      handle.callback = callback
      handle.cause = cause
    default: return nil
    }
    handle.entered = happened(record.entered)
    handle.began = happened(record.began)
    handle.ended = happened(record.ended)
    handle.cancelled = happened(record.cancelled)
    return handle
  }

  /// The ready queue at a cursor, its front first, without the handles that are cancelled: asyncio
  /// leaves those where they are and passes over them.
  ///
  /// - Parameter limit: how many are listed; all are counted.
  /// - Complexity: O(log handles + length of the queue).
  package func readyQueue(at cursor: Int, limit: Int = .max) -> HandleList {
    var list = HandleList(handles: [], count: 0)
    for index in queueRange(at: cursor) {
      let handle = handles.queue[index]
      guard Int(handles.records[Int(handle)].cancelled) >= cursor else { continue }
      list.count += 1
      if list.count <= limit { list.handles.append(handles.handle(at: handle)) }
    }
    return list
  }

  /// How many handles stand before one in the ready queue at a cursor, cancelled ones apart.
  ///
  /// - Returns: nil if it is not in the queue.
  package func place(of id: HandleID, at cursor: Int) -> Int? {
    guard let index = handles.index(of: id) else { return nil }
    let record = handles.records[index]
    let range = queueRange(at: cursor)
    guard record.place != .absent, range.contains(Int(record.place)),
      Int(record.cancelled) >= cursor
    else { return nil }
    return handles.queue[range.lowerBound..<Int(record.place)].count {
      Int(handles.records[Int($0)].cancelled) >= cursor
    }
  }

  private func queueRange(at cursor: Int) -> Range<Int> {
    let entered = handles.enteredCount(at: cursor)
    let begun = steps.records.prefixCount { Int($0.began) < cursor }
    var left = begun > 0 ? Int(steps.records[begun - 1].left) : 0
    if let drop = sweeps.drop(at: cursor) { left = max(left, Int(drop.entered)) }
    return left..<max(left, entered)
  }

  /// The timers that are set at a cursor, the next one first; equal deadlines in order of setting.
  ///
  /// - Parameter limit: how many are listed; all are counted.
  /// - Complexity: O(log timers + timers set, about).
  package func timers(at cursor: Int, limit: Int = .max) -> HandleList {
    var first = FirstTimers(limit: limit)
    timers.forEach(at: cursor, in: handles.records) { timer in
      guard case .timerScheduled(_, let when, _) = fact(handles.records[Int(timer)].scheduled)
      else { return }
      first.insert(timer, when: when)
    }
    return HandleList(
      handles: first.sorted().map { handles.handle(at: $0) }, count: first.count)
  }

  /// The timers that are set at a cursor to cancel a task. O(timers set, about), where it has ever had
  /// one.
  package func timeouts(of task: FutureID, at cursor: Int) -> [Handle] {
    guard let index = futures.index(of: task), futures.records[index].timer != .absent else {
      return []
    }
    var found: [Handle] = []
    timers.forEach(at: cursor, in: handles.records) { timer in
      if case .timerScheduled(_, _, let callback) = fact(handles.records[Int(timer)].scheduled),
        callback.kind == .timeout, callback.future == task,
        let handle = handle(handles.handle(at: timer))
      {
        found.append(handle)
      }
    }
    return found
  }

  /// Whether any timer is set at a cursor: stops at the first that is, where ``timers(at:limit:)``
  /// counts all.
  package func hasTimers(at cursor: Int) -> Bool {
    timers.contains(at: cursor, in: handles.records)
  }

  func happened(_ event: UInt32) -> Int? { event == .absent ? nil : Int(event) }
}

/// Finds the first few by deadline among many, in one pass.
private struct FirstTimers {
  private struct Entry {
    var when: Int64
    var timer: UInt32

    func precedes(_ other: Entry) -> Bool { (when, timer) < (other.when, other.timer) }
  }

  let limit: Int
  private(set) var count = 0
  private var entries: [Entry] = []

  init(limit: Int) {
    self.limit = max(0, limit)
  }

  mutating func insert(_ timer: UInt32, when: Int64) {
    count += 1
    entries.append(Entry(when: when, timer: timer))
    // Sorting when twice the limit has gathered costs O(log limit) for each in the mean.
    if limit < Int.max / 2, entries.count >= max(64, limit * 2) { cut() }
  }

  private mutating func cut() {
    entries.sort { $0.precedes($1) }
    if entries.count > limit { entries.removeLast(entries.count - limit) }
  }

  func sorted() -> [UInt32] {
    entries.sorted { $0.precedes($1) }.prefix(limit).map(\.timer)
  }
}

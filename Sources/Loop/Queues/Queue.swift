import Trace

/// `asyncio.QueueEmpty`.
public struct QueueEmpty: PythonError, Equatable {
  public var message: String { "" }
}

/// `asyncio.QueueFull`.
public struct QueueFull: PythonError, Equatable {
  public var message: String { "" }
}

/// `asyncio.QueueShutDown` (3.13 on).
public struct QueueShutDown: PythonError, Equatable {
  public var message: String { "" }
}

/// Mirrors `asyncio.Queue`: first in, first out.
public class Queue<Item>: LoopResource {
  /// Mirrors `Queue.maxsize`; 0 or less sets no limit.
  public let maxsize: Int

  private let items = RingBuffer<Item>()
  private let getters = WaitLine()
  private let putters = WaitLine()
  @exclusivity(unchecked) private var unfinished = 0
  private let finished: LoopEvent
  @exclusivity(unchecked) private var isShutDown = false

  /// - Parameter name: what the screen calls it.
  public convenience init(maxsize: Int = 0, _ name: String? = nil) {
    self.init(maxsize: maxsize, name, isPart: false)
  }

  init(maxsize: Int = 0, _ name: String? = nil, isPart: Bool) {
    self.maxsize = maxsize
    finished = LoopEvent(partWaitedForAs: .queueJoin)
    super.init(kind: .queue, name: name, limit: maxsize, isPart: isPart)
    finished.becomePart(of: self)
    finished.set()
  }

  // MARK: What a subclass decides

  /// Mirrors `Queue._put`.
  func insert(_ item: Item) { items.append(item) }

  /// Mirrors `Queue._get`, on a queue that is not empty.
  func removeNext() -> Item { items.removeFirst() }

  // MARK: Items

  /// Mirrors `Queue.qsize`.
  @exclusivity(unchecked) public private(set) final var qsize = 0

  /// Mirrors `Queue.empty`.
  public var empty: Bool { qsize == 0 }
  /// Mirrors `Queue.full`: never, where ``maxsize`` is 0.
  public var full: Bool { maxsize > 0 && qsize >= maxsize }

  /// Mirrors `Queue.put`: waits while the queue is full.
  ///
  /// - Throws: ``QueueShutDown``; ``CancelledError``.
  public func put(_ item: Item, line: UInt32 = #line) async throws {
    while full {
      if isShutDown { throw QueueShutDown() }
      try await wait(in: putters, .queuePut, line: line) { !full }
    }
    try putNowait(item)
  }

  /// Mirrors `Queue.put_nowait`.
  ///
  /// - Throws: ``QueueFull``; ``QueueShutDown``.
  public func putNowait(_ item: Item) throws {
    if isShutDown { throw QueueShutDown() }
    if full { throw QueueFull() }
    insert(item)
    qsize += 1
    record(level: qsize)
    unfinished += 1
    finished.clear()
    getters.wakeNext()
  }

  /// Mirrors `Queue.get`: waits while the queue is empty.
  ///
  /// - Throws: ``QueueShutDown``; ``CancelledError``.
  public func get(line: UInt32 = #line) async throws -> Item {
    while empty {
      if isShutDown { throw QueueShutDown() }
      try await wait(in: getters, .queueGet, line: line) { !empty }
    }
    return try getNowait()
  }

  /// Mirrors `Queue.get_nowait`.
  ///
  /// - Throws: ``QueueEmpty``; ``QueueShutDown``.
  public func getNowait() throws -> Item {
    if empty { throw isShutDown ? QueueShutDown() as any Error : QueueEmpty() }
    let item = removeNext()
    qsize -= 1
    record(level: qsize)
    putters.wakeNext()
    return item
  }

  // MARK: Work

  /// Mirrors `Queue.task_done`: an item that was taken has been dealt with.
  ///
  /// - Throws: ``ValueError`` if there was none.
  public func taskDone() throws {
    guard unfinished > 0 else { throw ValueError("task_done() called too many times") }
    unfinished -= 1
    if unfinished == 0 { finished.set() }
  }

  /// Mirrors `Queue.join`: waits until every item was dealt with.
  ///
  /// - Throws: ``CancelledError``.
  public func join(line: UInt32 = #line) async throws {
    if unfinished > 0 { try await finished.wait(line: line) }
  }

  /// Mirrors `Queue.shutdown` (3.13 on): nobody can put any more, nor get once it is empty.
  ///
  /// - Parameter immediate: drops what is in it.
  /// - Throws: ``AttributeError`` before 3.13, on a loop.
  public func shutdown(immediate: Bool = false) throws {
    if let loop = CurrentLoop.loop {
      try loop.require(loop.profile.queuesShutDown, "shutdown", of: "'Queue' object")
    }
    isShutDown = true
    if immediate {
      while !empty {
        _ = removeNext()
        qsize -= 1
        if unfinished > 0 { unfinished -= 1 }
      }
      record(level: qsize)
      if unfinished == 0 { finished.set() }
    }
    getters.wakeAll()
    putters.wakeAll()
  }

  // MARK: Waiters

  private func wait(
    in line: WaitLine, _ kind: Wait.Kind, line number: UInt32, unlessStill canGoOn: () -> Bool
  ) async throws {
    let waiter = try makeWaiter(kind)
    line.append(waiter)
    do {
      try await waiter(line: number)
    } catch {
      waiter.cancel()
      line.remove(waiter)
      if canGoOn(), !waiter.isCancelled { line.wakeNext() }
      throw error
    }
  }
}

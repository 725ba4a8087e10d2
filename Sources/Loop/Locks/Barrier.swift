import Trace

/// `asyncio.BrokenBarrierError`.
public struct BrokenBarrierError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// Mirrors `asyncio.Barrier` (3.11 on): coroutines wait until so many have come, and go on together.
public final class Barrier: LoopResource {
  private enum State {
    case filling
    case draining
    case resetting
    case broken
  }

  /// Mirrors `Barrier.parties`: how many it waits for.
  public let parties: Int
  private let condition: Condition
  private var state = State.filling
  private var count = 0 {
    didSet { record(level: count) }
  }

  /// - Parameter name: what the screen calls it.
  /// - Throws: ``ValueError`` for less than one party; ``AttributeError`` before 3.11, on a loop.
  public init(_ parties: Int, _ name: String? = nil) throws {
    if let loop = CurrentLoop.loop {
      try loop.require(loop.profile.hasStructuredConcurrency, "Barrier")
    }
    guard parties >= 1 else {
      let profile = CurrentLoop.loop?.profile ?? .latest
      throw ValueError("parties must be \(profile.barrierSaysLeastParties ? ">= 1" : "> 0")")
    }
    self.parties = parties
    condition = Condition(partWaitedForAs: .barrier)
    super.init(kind: .barrier, name: name, limit: parties)
    condition.becomePart(of: self)
  }

  /// Mirrors `Barrier.n_waiting`.
  public var nWaiting: Int { state == .filling ? count : 0 }

  /// Mirrors `Barrier.broken`.
  public var broken: Bool { state == .broken }

  /// Mirrors `Barrier.wait`.
  ///
  /// - Returns: a number from 0 to `parties - 1`, another for each who passes.
  /// - Throws: ``BrokenBarrierError`` when it is reset or aborted; ``CancelledError``.
  @discardableResult
  public func wait(line: UInt32 = #line) async throws -> Int {
    try await condition.withLock(line: line) {
      try await block(line: line)
      let index = count
      count += 1
      defer { leave() }
      if index + 1 == parties {
        state = .draining
        try condition.notifyAll()
      } else {
        try await waitToBeFull(line: line)
      }
      return index
    }
  }

  /// Mirrors `Barrier.reset`: whoever waits gets a ``BrokenBarrierError``.
  public func reset(line: UInt32 = #line) async throws {
    try await condition.withLock(line: line) {
      state = count > 0 ? .resetting : .filling
      try condition.notifyAll()
    }
  }

  /// Mirrors `Barrier.abort`: whoever waits or comes later gets a ``BrokenBarrierError``.
  public func abort(line: UInt32 = #line) async throws {
    try await condition.withLock(line: line) {
      state = .broken
      try condition.notifyAll()
    }
  }

  /// Waits while those of the last round leave.
  private func block(line: UInt32) async throws {
    try await condition.waitFor(line: line) { state != .draining && state != .resetting }
    if state == .broken { throw BrokenBarrierError("Barrier aborted") }
  }

  private func waitToBeFull(line: UInt32) async throws {
    try await condition.waitFor(line: line) { state != .filling }
    if state == .broken || state == .resetting {
      throw BrokenBarrierError("Abort or reset of barrier")
    }
  }

  private func leave() {
    count -= 1
    guard count == 0 else { return }
    if state == .resetting || state == .draining { state = .filling }
    try? condition.notifyAll()
  }
}

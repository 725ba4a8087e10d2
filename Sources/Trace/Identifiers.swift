/// The identity of one coroutine, which is one lane on the screen.
///
/// Identities are counters that start at 1 in each run, never addresses or names, so that the same
/// run is recorded the same way byte for byte. 0 stands for "none".
public struct LaneID: Hashable, Comparable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public static var none: Self { Self(0) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The identity of one future. A task is a future, as in asyncio, and shares this counter.
public struct FutureID: Hashable, Comparable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public static var none: Self { Self(0) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The identity of one resource: a lock, an event, a queue and the like, which coroutines share.
public struct ResourceID: Hashable, Comparable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public static var none: Self { Self(0) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The identity of one handle: an entry of the ready queue. A timer is a handle that waits for its
/// deadline first, as `asyncio.TimerHandle` is, and keeps this identity when it becomes ready.
public struct HandleID: Hashable, Comparable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public static var none: Self { Self(0) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The identity of one text in a run's ``TextTable``. 0 is the empty text.
public struct TextID: Hashable, Sendable {
  public let rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public static var empty: Self { Self(0) }
}

import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loop's time in nanoseconds since it started: `loop.time()`.
///
/// On a virtual clock time stands still while code runs and jumps to the next timer when nothing
/// is ready; of a loop that never idles it creeps at last. On a real clock it passes, except while
/// the loop is held.
struct LoopClock {
  let kind: RunHeader.Clock
  private var virtualNow: Int64 = 0
  /// A moment of virtual time, and how many ticks have begun at it without idling.
  private var crowded = (moment: Int64(0), ticks: Int64(0))
  private var origin: UInt64
  private var heldSince: UInt64?

  init(_ kind: RunHeader.Clock) {
    self.kind = kind
    origin = Self.monotonic()
  }

  var now: Int64 {
    switch kind {
    case .virtual: virtualNow
    case .real: Int64((heldSince ?? Self.monotonic()) &- origin)
    }
  }

  /// Moves a virtual clock forward. A real clock cannot be moved.
  mutating func jump(to time: Int64) {
    precondition(kind == .virtual && time >= virtualNow, "time only jumps forward")
    virtualNow = time
  }

  /// Lets a virtual clock pass a tick that begins without idling: it stands for a thousand at one
  /// moment, then it moves a nanosecond more with each, up to 20 µs. Who waits for a moment by
  /// asking again and again whether it has come would wait for ever otherwise.
  ///
  /// - Returns: whether it moved. A real clock does not.
  mutating func passTick() -> Bool {
    guard kind == .virtual else { return false }
    if crowded.moment != virtualNow { crowded = (virtualNow, 0) }
    crowded.ticks += 1
    guard crowded.ticks > 1_000 else { return false }
    virtualNow += min(crowded.ticks - 1_000, 20_000, .max - virtualNow)
    crowded.moment = virtualNow
    return true
  }

  /// Stops a real clock. Holding twice is holding once.
  mutating func hold() {
    if heldSince == nil { heldSince = Self.monotonic() }
  }

  /// Lets a held clock go on from where it was.
  mutating func release() {
    guard let since = heldSince else { return }
    origin &+= Self.monotonic() &- since
    heldSince = nil
  }

  static func monotonic() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

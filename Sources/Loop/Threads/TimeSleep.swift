import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mirrors `time.sleep`: blocks the thread, and on the loop's thread the whole loop with it.
///
/// On a virtual clock nothing really sleeps: the clock moves by so much, inside the step.
///
/// - Parameter seconds: how long; not at all for less than 0 and for a number that is none, where
///   Python raises a `ValueError`.
public func timeSleep(_ seconds: Double) {
  let nanoseconds = seconds > 0 ? Int64(min(seconds * 1e9, 9e18)) : 0
  if let loop = CurrentLoop.loop {
    loop.block(nanoseconds: nanoseconds)
  } else if let place = WorkPlace.current {
    place.sleep(nanoseconds: nanoseconds)
  } else {
    blockThread(nanoseconds: nanoseconds)
  }
}

extension EventLoop {
  fileprivate func block(nanoseconds: Int64) {
    guard clock.kind == .virtual else { return blockThread(nanoseconds: nanoseconds) }
    let (then, isBeyond) = clock.now.addingReportingOverflow(nanoseconds)
    clock.jump(to: isBeyond ? .max : then)
    recorder?.time = clock.now
  }
}

/// Really sleeps.
func blockThread(nanoseconds: Int64) {
  var left = timespec(
    tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  var rest = timespec()
  while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
}

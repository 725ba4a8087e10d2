import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mirrors `time.sleep`: blocks the thread, and on the loop's thread the whole loop with it.
///
/// On a virtual clock nothing really sleeps: the clock moves by so much, inside the step.
public func timeSleep(_ seconds: Double) {
  let nanoseconds = Int64(min(max(seconds, 0) * 1e9, 9e18))
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
    clock.jump(to: clock.now.addingReportingOverflow(nanoseconds).partialValue)
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

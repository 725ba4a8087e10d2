/// What asyncio leaves open besides the order of sets: a timer may be late.
extension EventLoop {
  /// The moment at which a timer that is set for `time` will fire: at or after it.
  ///
  /// Half of them are on time, one in four is late by less than a millisecond, and one in four by
  /// up to half of its time, as on a machine that is busy. Which, the loop's seed chooses.
  func leftToChance(_ time: Int64) -> Int64 {
    let (kind, part) = (
      Int.random(in: 0..<4, using: &generator), Double.random(in: 0..<1, using: &generator)
    )
    let delay = time.subtractingReportingOverflow(clock.now)
    guard kind >= 2, !delay.overflow, delay.partialValue > 0 else { return time }
    chancesLeft -= 1
    let most = kind == 2 ? 1_000_000 : Double(delay.partialValue) / 2
    let (late, isTooLate) = time.addingReportingOverflow(Int64(most * part))
    return isTooLate ? .max : late
  }
}

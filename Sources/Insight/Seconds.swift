import Trace

/// A moment or a duration in seconds, as `1.250 s`; under a millisecond as `12 µs` or `300 ns`; from an
/// hour on as `1:00:05.250` or `3d 0:00:05.250`.
package func seconds(_ nanoseconds: Int64) -> String {
  let amount = nanoseconds.magnitude
  let sign = nanoseconds < 0 ? "-" : ""
  switch amount {
  case 1..<1_000: return "\(sign)\(amount) ns"
  case 1_000..<1_000_000: return "\(sign)\(amount / 1_000) µs"
  default:
    let part = padded(amount / 1_000_000 % 1_000, to: 3)
    return clockText(amount).map { "\(sign)\($0).\(part)" }
      ?? "\(sign)\(amount / 1_000_000_000).\(part) s"
  }
}

/// A duration in three digits and the unit that suits, rounded down: `1.25s`, `51.2ms`, `850ns`; from an
/// hour on `1.25h` and `3.00d`.
func threeDigits(_ nanoseconds: UInt64) -> String {
  guard nanoseconds >= 1000 else { return "\(nanoseconds)ns" }
  let units: [(UInt64, String)] = [
    (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (1_000_000_000, "s"), (1_000_000, "ms"),
  ]
  let (unit, name) = units.first { nanoseconds >= $0.0 } ?? (1000, "µs")
  let whole = nanoseconds / unit
  let places = whole >= 100 ? 0 : whole >= 10 ? 1 : 2
  guard places > 0 else { return "\(whole)\(name)" }
  let part = nanoseconds % unit / (unit / (places == 1 ? 10 : 100))
  return "\(whole).\(padded(part, to: places))\(name)"
}

/// A part of a time, rounded down: `67%`, `<1%`.
func percent(_ part: Int64, of whole: Int64) -> String {
  let share = Double(part) / Double(max(1, whole))
  return share < 0.01 ? "<1%" : "\(Int(share * 100))%"
}

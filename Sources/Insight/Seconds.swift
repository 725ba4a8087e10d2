import Trace

/// A moment or a duration in seconds, as `1.250 s`; under a millisecond as `12 µs` or `300 ns`.
package func seconds(_ nanoseconds: Int64) -> String {
  let amount = nanoseconds.magnitude
  let sign = nanoseconds < 0 ? "-" : ""
  switch amount {
  case 1..<1_000: return "\(sign)\(amount) ns"
  case 1_000..<1_000_000: return "\(sign)\(amount / 1_000) µs"
  default:
    return "\(sign)\(amount / 1_000_000_000).\(padded(amount / 1_000_000 % 1_000, to: 3)) s"
  }
}

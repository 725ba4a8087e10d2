/// A time of a run as it is shown everywhere: seconds with milliseconds, and microseconds where
/// there are any. `1.000s`, `0.000250s`.
///
/// - Parameter nanoseconds: since the start of the run, or a span.
package func timeText(_ nanoseconds: Int64) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let total = nanoseconds.magnitude
  let micro = total % 1_000_000_000 / 1000
  let digits = micro % 1000 == 0 ? padded(micro / 1000, to: 3) : padded(micro, to: 6)
  return "\(sign)\(total / 1_000_000_000).\(digits)s"
}

/// The same without digits that say nothing, in the unit that suits: `2s`, `1.5s`, `250ms`, `2.32815s`.
package func shortTimeText(_ nanoseconds: Int64) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let total = nanoseconds.magnitude
  let (places, name) =
    total == 0 || total >= 1_000_000_000
    ? (9, "s") : total >= 1_000_000 ? (6, "ms") : total >= 1000 ? (3, "µs") : (0, "ns")
  let unit = (0..<places).reduce(1 as UInt64) { unit, _ in unit * 10 }
  var digits = places == 0 ? "" : padded(total % unit, to: places)
  while digits.last == "0" { digits.removeLast() }
  return "\(sign)\(total / unit)\(digits.isEmpty ? "" : ".\(digits)")\(name)"
}

/// A number with zeros before it, of `width` digits at least.
package func padded(_ number: UInt64, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

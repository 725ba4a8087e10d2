/// A time of a run as it is shown everywhere: seconds with milliseconds, and microseconds where
/// there are any; from an hour on as a clock shows it. `1.000s`, `0.000250s`, `3d 0:00:05.000`.
///
/// - Parameter nanoseconds: since the start of the run, or a span.
package func timeText(_ nanoseconds: Int64) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let total = nanoseconds.magnitude
  let micro = total % 1_000_000_000 / 1000
  let digits = micro % 1000 == 0 ? padded(micro / 1000, to: 3) : padded(micro, to: 6)
  guard let clock = clockText(total) else { return "\(sign)\(total / 1_000_000_000).\(digits)s" }
  return "\(sign)\(clock).\(digits)"
}

/// The whole seconds of a time from an hour on, as a clock shows them: `1:00:05`, `3d 0:00:05`; nil of a
/// shorter one.
package func clockText(_ nanoseconds: UInt64) -> String? {
  let seconds = nanoseconds / 1_000_000_000
  guard seconds >= 3600 else { return nil }
  let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86400)
  let minutes = "\(padded(rest / 60 % 60, to: 2)):\(padded(rest % 60, to: 2))"
  return "\(days > 0 ? "\(days)d " : "")\(rest / 3600):\(minutes)"
}

/// The same as ``timeText(_:)`` without digits that say nothing, in the unit that suits: `2s`, `1.5s`,
/// `250ms`, `2.32815s`, `1:30:00`, `3d`.
package func shortTimeText(_ nanoseconds: Int64) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let total = nanoseconds.magnitude
  let (places, name) =
    total == 0 || total >= 1_000_000_000
    ? (9, "s") : total >= 1_000_000 ? (6, "ms") : total >= 1000 ? (3, "µs") : (0, "ns")
  let unit = (0..<places).reduce(1 as UInt64) { unit, _ in unit * 10 }
  var digits = places == 0 ? "" : padded(total % unit, to: places)
  while digits.last == "0" { digits.removeLast() }
  let part = digits.isEmpty ? "" : ".\(digits)"
  guard let clock = clockText(total) else { return "\(sign)\(total / unit)\(part)\(name)" }
  let isOfDays = part.isEmpty && total / unit % 86400 == 0
  return sign + (isOfDays ? "\(total / unit / 86400)d" : clock + part)
}

/// The distances between moments that read well on an axis, in nanoseconds and rising: 1, 2 and 5 times
/// a power of ten up to 200 s, then minutes and hours as a clock's face has them, then days.
package let roundSpans: [Int64] = {
  let powers = sequence(first: 1 as Int64) { $0 < 1_000_000_000_000_000_000 ? $0 * 10 : nil }
  let decimal = powers.flatMap { [$0, $0 * 2, $0 * 5] }
  let second: Int64 = 1_000_000_000
  let day = 86400 * second
  return decimal.prefix { $0 <= 200 * second }
    + [10, 20, 30, 60, 120, 180, 360, 720].map { $0 * 60 * second }
    + decimal.prefix { $0 <= Int64.max / day }.map { $0 * day }
}()

/// A number with zeros before it, of `width` digits at least.
package func padded(_ number: UInt64, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

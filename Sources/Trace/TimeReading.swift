/// The time that a text names, in nanoseconds; nil where it names none. It is read as it is written
/// everywhere, with or without digits that say nothing: `1.5s`, `1.250 s`, `250ms`, `1:00:05.25`, `3d`,
/// `3d 0:00:05.000`.
package func time(of text: some StringProtocol) -> Int64? {
  let words = text.split(separator: " ", omittingEmptySubsequences: false)
  let units: KeyValuePairs = [
    "ms": 1_000_000, "µs": 1000, "us": 1000, "ns": 1, "s": 1_000_000_000 as Int64,
  ]
  // A space stands after days and before a unit.
  guard
    words.count == 1
      || words.count == 2 && (words[0].hasSuffix("d") || units.contains { $0.key == words[1] })
  else { return nil }
  let whole = words.joined()
  var rest = whole[...]
  var days: Int64 = 0
  if let end = rest.firstIndex(of: "d") {
    guard let count = number(rest[..<end], unit: 86_400_000_000_000, digits: 0) else { return nil }
    days = count
    rest = rest[rest.index(after: end)...]
    if rest.isEmpty { return days }
    guard rest.contains(":") else { return nil }
  }
  let time =
    rest.contains(":")
    ? clockTime(rest)
    : units.first { rest.hasSuffix($0.key) }.flatMap { unit in
      number(rest.dropLast(unit.key.count), unit: unit.value)
    }
  return time.flatMap { sum(days, $0) }
}

/// `1:00:05.25`.
private func clockTime(_ text: Substring) -> Int64? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  let minute: Int64 = 60_000_000_000
  guard parts.count == 3, parts[1].count == 2, parts[2].prefix(while: \.isNumber).count == 2,
    let hours = number(parts[0], unit: 60 * minute, digits: 0),
    let minutes = number(parts[1], unit: minute, digits: 0), minutes < 60 * minute,
    let seconds = number(parts[2], unit: 1_000_000_000), seconds < minute
  else { return nil }
  return sum(hours, minutes + seconds)
}

/// Decimal digits, of which so many at most stand behind the point, as a number of units; what is less
/// than a nanosecond is left out.
private func number(_ text: Substring, unit: Int64, digits: Int = .max) -> Int64? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let (before, behind) = (parts[0], parts.count > 1 ? parts[1] : "")
  guard !(before + behind).isEmpty, behind.count <= digits,
    (before + behind).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
    let whole = before.isEmpty ? 0 : Int64(before)
  else { return nil }
  let (product, isTooLarge) = whole.multipliedReportingOverflow(by: unit)
  guard !isTooLarge else { return nil }
  var (place, part) = (unit, 0 as Int64)
  for digit in behind.utf8 where place >= 10 {
    place /= 10
    part += Int64(digit - UInt8(ascii: "0")) * place
  }
  return sum(product, part)
}

private func sum(_ a: Int64, _ b: Int64) -> Int64? {
  let (sum, isTooLarge) = a.addingReportingOverflow(b)
  return isTooLarge ? nil : sum
}

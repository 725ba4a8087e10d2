/// How long something took that happened many times.
package struct Spread: Equatable, Sendable {
  package let count: Int
  /// In nanoseconds. Half of all took no longer than this.
  package let median: Int64
  /// Of a hundred, 99 took no longer than this.
  package let ninetyNinth: Int64
  package let longest: Int64
  /// The index of the event at which the longest was over: of equal ones, the first.
  package let event: Int

  /// - Returns: nil where it never happened.
  init?(_ times: [Int64], at events: [Int]) {
    let sorted = times.sorted()
    guard let longest = sorted.last, let place = times.firstIndex(of: longest) else { return nil }
    count = times.count
    median = sorted[(sorted.count - 1) / 2]
    ninetyNinth = sorted[(sorted.count * 99 + 99) / 100 - 1]
    self.longest = longest
    event = events[place]
  }
}

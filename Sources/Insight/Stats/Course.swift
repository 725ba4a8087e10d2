/// How much there was of something in each quarter of the time, on average.
package struct Course: Equatable, Sendable {
  private let quarters: [Range<Int64>]
  /// Amounts times nanoseconds, and the nanoseconds in which the amount is known.
  private var sums = [Double](repeating: 0, count: 4)
  private var known = [Double](repeating: 0, count: 4)
  /// Of what each one adds, the time in which it is not there counts too.
  private let isOfCounts: Bool

  /// - Parameter isOfCounts: whether each that is there adds one; else what is added is the whole amount.
  init(_ times: Range<Int64>, ofCounts isOfCounts: Bool) {
    let length = times.upperBound - times.lowerBound
    let bounds = (0...4).map {
      times.lowerBound + length / 4 * Int64($0) + length % 4 * Int64($0) / 4
    }
    quarters = (0..<4).map { bounds[$0]..<bounds[$0 + 1] }
    self.isOfCounts = isOfCounts
  }

  /// Something was there so often for a time.
  mutating func add(_ amount: UInt32, from start: Int64, to end: Int64) {
    for (place, quarter) in quarters.enumerated() {
      let time = Double(max(0, min(end, quarter.upperBound) - max(start, quarter.lowerBound)))
      sums[place] += Double(amount) * time
      known[place] += time
    }
  }

  /// In thousandths, rounded down.
  package var means: [Int64] {
    quarters.indices.map { place in
      let quarter = quarters[place]
      let time = isOfCounts ? Double(quarter.upperBound - quarter.lowerBound) : known[place]
      return time > 0 ? Int64(min(sums[place] / time * 1000, 1e15)) : 0
    }
  }

  /// Whether there was more from quarter to quarter, and at last so much that it is worth a word.
  package var grows: Bool {
    let means = means
    return zip(means, means.dropFirst()).allSatisfy(<) && means[3] >= 10_000
      && means[3] / 3 >= means[1] / 2
  }
}

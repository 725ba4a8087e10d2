/// How often each of some values was met.
package struct Tally<Key: Hashable> {
  private var places: [Key: Int] = [:]
  /// In the order in which they were met first.
  package private(set) var rows: [(key: Key, count: Int)] = []

  package init() {}

  package mutating func add(_ key: Key, _ count: Int = 1) {
    let place = places[key] ?? rows.count
    if place == rows.count {
      places[key] = place
      rows.append((key, 0))
    }
    rows[place].count += count
  }

  /// The most frequent first; of equal ones that which was met first.
  package var mostFirst: [(key: Key, count: Int)] {
    rows.enumerated()
      .sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
      .map(\.element)
  }
}

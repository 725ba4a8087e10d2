/// The lanes of two runs that have no partner in the other, by their places.
struct UnpairedLanes {
  private(set) var a: [Int] = []
  private(set) var b: [Int] = []

  init() {}

  init(_ a: some Sequence<Int>, _ b: some Sequence<Int>) {
    self.a = Array(a)
    self.b = Array(b)
  }

  mutating func add(_ a: Int, _ b: Int) {
    self.a.append(a)
    self.b.append(b)
  }

  /// Takes out those of A and B that have the same key, in their order. O(lanes).
  mutating func takePairs(
    by keyOfA: (Int) -> UInt64, _ keyOfB: (Int) -> UInt64
  ) -> [(a: Int, b: Int)] {
    guard !a.isEmpty, !b.isEmpty else { return [] }
    var places: [UInt64: [Int]] = [:]
    for place in b.reversed() { places[keyOfB(place), default: []].append(place) }
    var pairs: [(a: Int, b: Int)] = []
    var rest: [Int] = []
    for place in a {
      if let partner = places[keyOfA(place)]?.popLast() {
        pairs.append((place, partner))
      } else {
        rest.append(place)
      }
    }
    let gone = Set(pairs.map(\.b))
    a = rest
    b.removeAll(where: gone.contains)
    return pairs
  }
}

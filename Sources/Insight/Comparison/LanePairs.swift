import Trace

/// Which lane of one run is which of another, though their numbers differ.
///
/// Lanes are the same that have the same name and were made by the same lane, in the order in which
/// they were made. Where that leaves some over, names may differ in what ``steady(_:)`` leaves out,
/// then in all that stands in parentheses; then, with the same name, in who made them. O(lanes).
struct LanePairs {
  /// By the place of each lane in the order of creation: that of the other run's, or nil.
  private(set) var partners: [Int?]
  private(set) var partnersOfB: [Int?]

  private let a: Family
  private let b: Family

  init(_ a: Family, _ b: Family) {
    self.a = a
    self.b = b
    partners = Array(repeating: nil, count: a.count)
    partnersOfB = Array(repeating: nil, count: b.count)
    // Parents before their children.
    var next = pairBest(a.roots, b.roots, by: [\.names, \.steadyNames, \.functions])
    while let place = next.popLast() {
      guard let partner = partners[place] else { continue }
      next += pairBest(
        a.children(of: place), b.children(of: partner), by: [\.names, \.steadyNames, \.functions])
    }
    let strays = partners.indices.filter { partners[$0] == nil }
    let straysOfB = partnersOfB.indices.filter { partnersOfB[$0] == nil }
    _ = pairBest(strays, straysOfB, by: [\.names, \.steadyNames])
  }

  /// Whether the names of two lanes differ in nothing that counts: a recorder that cannot see the
  /// arguments tells none.
  func hasOneName(_ place: Int, _ placeOfB: Int) -> Bool {
    a.steadyNames[place] == b.steadyNames[placeOfB] || isBare(place, placeOfB)
  }

  private func isBare(_ place: Int, _ placeOfB: Int) -> Bool {
    (a.isBare[place] || b.isBare[placeOfB]) && a.functions[place] == b.functions[placeOfB]
  }

  /// The names that count, by the places of the lanes.
  var names: [UInt64] {
    partners.enumerated().map { place, partner in
      partner.map { isBare(place, $0) } ?? false ? a.functions[place] : a.steadyNames[place]
    }
  }

  var namesOfB: [UInt64] {
    partnersOfB.enumerated().map { place, partner in
      partner.map { isBare($0, place) } ?? false ? b.functions[place] : b.steadyNames[place]
    }
  }

  /// A number for each lane: the same for the two of a pair, and for no others.
  var keys: [UInt64] { partners.indices.map { UInt64($0 + 1) } }

  var keysOfB: [UInt64] {
    partnersOfB.indices.map { place in
      partnersOfB[place].map { UInt64($0 + 1) } ?? UInt64(place + 1) << 32
    }
  }

  /// - Returns: the lanes of A that have been paired.
  private mutating func pairBest(
    _ left: some Sequence<Int>, _ right: some Sequence<Int>, by names: [KeyPath<Family, [UInt64]>]
  ) -> [Int] {
    var found: [Int] = []
    var unpaired = UnpairedLanes(left, right)
    for names in names {
      for pair in unpaired.takePairs(
        by: { a[keyPath: names][$0] }, { b[keyPath: names][$0] })
      {
        partners[pair.a] = pair.b
        partnersOfB[pair.b] = pair.a
        found.append(pair.a)
      }
    }
    return found
  }
}

/// Who made whom in a run, and their names as numbers, by the place in the order of creation.
struct Family {
  private(set) var names: [UInt64] = []
  private(set) var steadyNames: [UInt64] = []
  /// The names up to the parenthesis.
  private(set) var functions: [UInt64] = []
  /// Whether there is nothing between the parentheses.
  private(set) var isBare: [Bool] = []
  /// The children of all lanes in the order of their parents; the roots first.
  private var sorted: [Int] = []
  /// Where the children of each parent begin among them; of the roots, at 0.
  private var starts: [Int] = []

  var count: Int { names.count }
  var roots: ArraySlice<Int> { sorted[starts[0]..<starts[1]] }

  init(of timeline: Timeline) {
    let count = timeline.laneCount
    var numbers: [TextID: Name] = [:]
    var parents: [Int] = []
    starts = Array(repeating: 0, count: count + 2)
    for place in 0..<count {
      let name = timeline.lane(timeline.laneID(at: place))?.name ?? .empty
      let number = numbers[name] ?? Name(timeline.text(name))
      numbers[name] = number
      names.append(number.whole)
      steadyNames.append(number.steady)
      functions.append(number.function)
      isBare.append(number.isBare)
      let parent = timeline.placeOfParent(ofLaneAt: place).map { $0 + 1 } ?? 0
      parents.append(parent)
      starts[parent + 1] += 1
    }
    for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
    sorted = Array(repeating: 0, count: count)
    var ends = starts
    for (place, parent) in parents.enumerated() {
      sorted[ends[parent]] = place
      ends[parent] += 1
    }
  }

  func children(of place: Int) -> ArraySlice<Int> { sorted[starts[place + 1]..<starts[place + 2]] }

  private struct Name {
    let whole: UInt64
    let steady: UInt64
    let function: UInt64
    let isBare: Bool

    init(_ text: String) {
      whole = Hash(text).value
      steady = Hash(Insight.steady(text)).value
      function = Hash(String(text.prefix { $0 != "(" })).value
      isBare = text.hasSuffix("()")
    }
  }
}

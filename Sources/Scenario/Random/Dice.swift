/// Random choices that are the same for the same seed: SplitMix64.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 1 }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of the range, each as likely as the others.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  /// One of several, each as likely as its weight says.
  mutating func pick<Element>(weighted elements: [(Int, Element)]) -> Element {
    var left = number(1...elements.reduce(0) { $0 + $1.0 })
    for (weight, element) in elements {
      left -= weight
      if left <= 0 { return element }
    }
    return elements[elements.count - 1].1
  }
}

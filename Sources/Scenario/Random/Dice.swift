import Loop

/// Random choices that are the same for the same seed.
struct Dice {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed &* 0xD134_2543_DE82_EF95 &+ 1) }

  /// A number of the range, each as likely as the others.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
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

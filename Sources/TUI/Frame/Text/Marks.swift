/// The marks on one base, four at most, without an array.
struct Marks: Equatable, Sequence, IteratorProtocol {
  private var scalars: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }
  var isFull: Bool { count == Glyph.mostMarks }

  /// Adds one where there is room.
  mutating func append(_ scalar: Unicode.Scalar) {
    switch count {
    case 0: scalars.0 = scalar.value
    case 1: scalars.1 = scalar.value
    case 2: scalars.2 = scalar.value
    case 3: scalars.3 = scalar.value
    default: return
    }
    count += 1
  }

  /// Takes the first one away.
  mutating func next() -> Unicode.Scalar? {
    guard count > 0 else { return nil }
    defer {
      scalars = (scalars.1, scalars.2, scalars.3, 0)
      count -= 1
    }
    return Unicode.Scalar(scalars.0)
  }

  static func == (a: Marks, b: Marks) -> Bool { a.count == b.count && a.scalars == b.scalars }
}

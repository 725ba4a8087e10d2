/// Room for the result of a future, whatever its type.
///
/// A `Value?` would do, if the code that touches it were not compiled once for all types: at each
/// access it would ask at run time what an optional of this type is. Results of up to 16 bytes
/// stand here, a larger one in memory of its own.
///
/// Whoever keeps one knows whether there is a result in it, and of what type.
struct ResultRoom {
  private var words: (UInt, UInt) = (0, 0)

  /// Puts a result where there is none.
  @inline(__always)
  mutating func fill<Value>(with value: Value) {
    if !Self.takes(Value.self) {
      words.0 = UInt(bitPattern: UnsafeMutablePointer<Value>.allocate(capacity: 1))
    }
    withPlace { $0.initialize(to: value) }
  }

  /// A copy of the result.
  @inline(__always)
  mutating func result<Value>(as type: Value.Type) -> Value {
    withPlace { (place: UnsafeMutablePointer<Value>) in place.pointee }
  }

  /// Destroys the result.
  @inline(__always)
  mutating func clear<Value>(_ type: Value.Type) {
    withPlace { (place: UnsafeMutablePointer<Value>) in
      place.deinitialize(count: 1)
      if !Self.takes(Value.self) { place.deallocate() }
    }
  }

  @inline(__always)
  private static func takes<Value>(_ type: Value.Type) -> Bool {
    MemoryLayout<Value>.size <= MemoryLayout<(UInt, UInt)>.size
      && MemoryLayout<Value>.alignment <= MemoryLayout<UInt>.alignment
  }

  /// The result stays where it is: a value may depend on its address.
  @inline(__always)
  private mutating func withPlace<Value, Result>(
    _ body: (UnsafeMutablePointer<Value>) -> Result
  ) -> Result {
    let isHere = Self.takes(Value.self)
    return withUnsafeMutablePointer(to: &words) { words in
      let place =
        isHere
        ? UnsafeMutableRawPointer(words) : UnsafeMutableRawPointer(bitPattern: words.pointee.0)
      guard let place else { preconditionFailure("there is no result") }
      return body(place.assumingMemoryBound(to: Value.self))
    }
  }
}

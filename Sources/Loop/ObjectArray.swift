// The generic loops of the standard library are compiled for a type only where it is known. In
// this module, which does not know the types of its users, they would look up at each element how
// to copy one, and copy it. These know that it is a reference, and lend it: the array keeps it.
extension Array where Element: AnyObject {
  /// Calls a body with each element, in order. O(elements).
  func forEachObject(_ body: (Element) -> Void) {
    withUnsafeBytes { bytes in
      for index in 0..<bytes.objectCount {
        bytes.object(index)._withUnsafeGuaranteedRef { body(unsafeDowncast($0, to: Element.self)) }
      }
    }
  }

  /// What a body makes of each element. O(elements).
  func mapObjects<Made>(_ body: (Element) throws -> Made) rethrows -> [Made] {
    try withUnsafeBytes { bytes in
      try [Made](unsafeUninitializedCapacity: bytes.objectCount) { places, count in
        while count < bytes.objectCount {
          try bytes.object(count)._withUnsafeGuaranteedRef {
            places.initializeElement(at: count, to: try body(unsafeDowncast($0, to: Element.self)))
          }
          count += 1
        }
      }
    }
  }

  /// Whether a condition holds for each element. O(elements).
  func allObjects(_ holds: (Element) -> Bool) -> Bool {
    withUnsafeBytes { bytes in
      for index in 0..<bytes.objectCount {
        let answer = bytes.object(index)._withUnsafeGuaranteedRef {
          holds(unsafeDowncast($0, to: Element.self))
        }
        if !answer { return false }
      }
      return true
    }
  }
}

extension UnsafeRawBufferPointer {
  /// How many references stand here.
  fileprivate var objectCount: Int { count / MemoryLayout<Unmanaged<AnyObject>>.stride }

  /// The reference that stands at an index, not counted.
  @inline(__always)
  fileprivate func object(_ index: Int) -> Unmanaged<AnyObject> {
    load(
      fromByteOffset: index * MemoryLayout<Unmanaged<AnyObject>>.stride,
      as: Unmanaged<AnyObject>.self)
  }
}

// The generic loops of the standard library are compiled for a type only where it is known. In
// this module, which does not know the types of its users, they would look up at each element how
// to copy one. These know that it is a reference.
extension Array where Element: AnyObject {
  /// Calls a body with each element, in order.
  func forEachObject(_ body: (Element) -> Void) {
    withUnsafeBufferPointer { elements in
      var index = 0
      while index < elements.count {
        body(elements[index])
        index += 1
      }
    }
  }

  /// What a body makes of each element.
  func mapObjects<Made>(_ body: (Element) throws -> Made) rethrows -> [Made] {
    try withUnsafeBufferPointer { elements in
      try [Made](unsafeUninitializedCapacity: elements.count) { places, count in
        while count < elements.count {
          places.initializeElement(at: count, to: try body(elements[count]))
          count += 1
        }
      }
    }
  }

  /// Whether a condition holds for each element.
  func allObjects(_ holds: (Element) -> Bool) -> Bool {
    withUnsafeBufferPointer { elements in
      var index = 0
      while index < elements.count, holds(elements[index]) { index += 1 }
      return index == elements.count
    }
  }
}

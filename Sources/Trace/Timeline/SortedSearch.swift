extension RandomAccessCollection where Index == Int {
  /// The number of elements at the front that satisfy a condition which, once false, stays false.
  /// O(log count).
  func prefixCount(while condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low - startIndex
  }
}

extension UInt32 {
  /// Stands for "has not happened" where an event's index is kept, and for "none" where a
  /// record's is. As an event's index it lies after every cursor, which spares many conditions.
  static var absent: UInt32 { .max }
}

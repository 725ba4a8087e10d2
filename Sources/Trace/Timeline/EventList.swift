/// The events of one kind: output, warnings, marks. O(1) each, in the order in which they came.
package struct EventList: RandomAccessCollection, Sendable {
  private var indexes: [UInt32] = []

  package var startIndex: Int { 0 }
  package var endIndex: Int { indexes.count }

  /// The index of the event.
  package subscript(position: Int) -> Int { Int(indexes[position]) }

  /// How many of them lie among the first `cursor` events. O(log count).
  package func count(at cursor: Int) -> Int { indexes.prefixCount { Int($0) < cursor } }

  mutating func append(_ event: UInt32) {
    indexes.append(event)
  }
}

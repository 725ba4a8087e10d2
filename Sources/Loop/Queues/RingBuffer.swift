/// First in, first out: the items of a queue, in memory that is used again.
///
/// A `Deque` does this too, and does it well where the compiler knows the items' type. Here only
/// the user's module knows it, and each access to a deque would look its metadata up at run time
/// several times: a quarter of what it takes to pass an item from task to task.
final class RingBuffer<Item> {
  private var slots: UnsafeMutablePointer<Item>
  private var capacity = 8
  private var head = 0
  private var count = 0

  init() { slots = .allocate(capacity: capacity) }

  deinit {
    for offset in 0..<count { (slots + place(offset)).deinitialize(count: 1) }
    slots.deallocate()
  }

  /// O(1), amortized.
  func append(_ item: Item) {
    if count == capacity { grow() }
    (slots + place(count)).initialize(to: item)
    count += 1
  }

  /// - Precondition: there is an item.
  func removeFirst() -> Item {
    precondition(count > 0, "an empty buffer has no first item")
    defer {
      head = place(1)
      count -= 1
    }
    return (slots + head).move()
  }

  /// The capacity is a power of two.
  private func place(_ offset: Int) -> Int { (head + offset) & (capacity - 1) }

  private func grow() {
    let larger = UnsafeMutablePointer<Item>.allocate(capacity: capacity * 2)
    for offset in 0..<count {
      (larger + offset).moveInitialize(from: slots + place(offset), count: 1)
    }
    slots.deallocate()
    slots = larger
    head = 0
    capacity *= 2
  }
}

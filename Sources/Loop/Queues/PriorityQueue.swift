/// Mirrors `asyncio.PriorityQueue`: the lowest first. Putting and getting are O(log items).
///
/// It keeps its items as Python's `heapq` does, so that items which compare equal come out in the
/// same order as there.
public final class PriorityQueue<Item: Comparable>: Queue<Item> {
  private var heap: [Item] = []

  override func insert(_ item: Item) {
    heap.append(item)
    siftDown(from: 0, to: heap.count - 1)
  }

  override func removeNext() -> Item {
    let last = heap.removeLast()
    guard let first = heap.first else { return last }
    heap[0] = last
    siftUp()
    return first
  }

  /// Mirrors `heapq._siftdown`: moves an item towards the root until its parent is not greater.
  private func siftDown(from start: Int, to end: Int) {
    var place = end
    let item = heap[place]
    while place > start {
      let parent = (place - 1) / 2
      guard item < heap[parent] else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = item
  }

  /// Mirrors `heapq._siftup`: moves the smaller child up all the way, then the root's item back.
  private func siftUp() {
    let item = heap[0]
    var place = 0
    var child = 1
    while child < heap.count {
      let right = child + 1
      if right < heap.count, !(heap[child] < heap[right]) { child = right }
      heap[place] = heap[child]
      place = child
      child = 2 * place + 1
    }
    heap[place] = item
    siftDown(from: 0, to: place)
  }
}

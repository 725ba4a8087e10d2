/// Mirrors `asyncio.LifoQueue`: last in, first out.
public final class LifoQueue<Item>: Queue<Item> {
  private var items: [Item] = []

  override func insert(_ item: Item) { items.append(item) }
  override func removeNext() -> Item { items.removeLast() }
}

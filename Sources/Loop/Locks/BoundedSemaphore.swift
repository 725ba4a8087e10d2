/// Mirrors `asyncio.BoundedSemaphore`: one that cannot be released more often than acquired.
public final class BoundedSemaphore: Semaphore {
  private let bound: Int

  /// - Parameter value: how many may hold it, also the most that it can come to.
  /// - Throws: ``ValueError`` if the value is negative.
  public override init(_ value: Int = 1, _ name: String? = nil) throws {
    bound = value
    try super.init(value, name)
  }

  /// - Throws: ``ValueError`` if nobody holds it.
  public override func release() throws {
    guard value < bound else { throw ValueError("BoundedSemaphore released too many times") }
    try super.release()
  }
}

import Trace

/// What coroutines of one loop share and wait for: a lock, an event, a queue.
///
/// It belongs to the loop of the first coroutine that has to wait for it, as in CPython from 3.10
/// on.
public class LoopResource {
  /// What the screen calls it: `lock bowl` by the name that it was given, else `lock 1`, `lock 2` …
  public private(set) var name: String
  private let kind: String
  private let isNamed: Bool
  private(set) var loop: EventLoop?

  /// - Parameter kind: `lock`, `event` …
  init(kind: String, name: String?) {
    self.kind = kind
    self.name = name.map { "\(kind) \($0)" } ?? kind
    isNamed = name != nil
    if let loop = CurrentLoop.loop { join(loop) }
  }

  /// A future for a coroutine that waits for it.
  ///
  /// - Throws: ``RuntimeError`` if it belongs to another loop.
  func makeWaiter(_ waitKind: Wait.Kind) throws -> Waiter {
    let running = runningLoop()
    if loop == nil { join(running) }
    guard loop === running else {
      throw RuntimeError("\(typeText) is bound to a different event loop")
    }
    return ResourceWaiter(of: self, loop: running, waitKind: waitKind)
  }

  /// As an error names it: `lock 1, which meow(3) holds`.
  var purpose: String { name }

  private var typeText: String { "<\(type(of: self))>" }

  private func join(_ loop: EventLoop) {
    self.loop = loop
    let number = (loop.counters.resources[kind] ?? 0) + 1
    loop.counters.resources[kind] = number
    if !isNamed { name = "\(kind) \(number)" }
  }
}

/// A future that knows what a coroutine waits for with it.
final class ResourceWaiter: Waiter {
  let resource: LoopResource

  init(of resource: LoopResource, loop: EventLoop, waitKind: Wait.Kind) {
    self.resource = resource
    super.init(loop: loop, kind: resource.name, waitKind: waitKind)
  }
}

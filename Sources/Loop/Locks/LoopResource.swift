import Trace

/// What coroutines of one loop share and wait for: a lock, an event, a queue.
///
/// It belongs to the loop of the first coroutine that has to wait for it, as in CPython from 3.10
/// on.
public class LoopResource {
  /// What the screen calls it: `lock bowl` by the name that it was given, else `lock 1`, `lock 2` …
  public private(set) var name: String
  private let kind: ResourceKind
  private let isNamed: Bool
  private let limit: UInt32
  @exclusivity(unchecked) private(set) final var loop: EventLoop?
  fileprivate private(set) var id = ResourceID.none
  /// What this one is a part of: it is that which coroutines stand in line for.
  private unowned var whole: LoopResource?
  private let isPart: Bool

  /// - Parameters:
  ///   - limit: how much of it there is, 0 for no limit.
  ///   - isPart: whether it is inside another one, which calls ``becomePart(of:)``.
  init(kind: ResourceKind, name: String?, limit: Int, isPart: Bool = false) {
    self.kind = kind
    self.name = name.map { "\(kind) \($0)" } ?? "\(kind)"
    self.limit = UInt32(clamping: limit)
    self.isPart = isPart
    isNamed = name != nil
    if let loop = CurrentLoop.loop { join(loop) }
  }

  func becomePart(of whole: LoopResource) { self.whole = whole }

  /// A future for a coroutine that waits for it.
  ///
  /// - Throws: ``RuntimeError`` if it belongs to another loop.
  func makeWaiter(_ waitKind: Wait.Kind) throws -> Waiter {
    let running = try getRunningLoop()
    if loop == nil { join(running) }
    guard loop === running else {
      throw RuntimeError("\(typeText) is bound to a different event loop")
    }
    if let whole, whole.loop == nil { whole.join(running) }
    return ResourceWaiter(of: whole ?? self, loop: running, waitKind: waitKind)
  }

  /// Records that so much of it is in use from now on.
  ///
  /// - Parameter holder: who has it, where that can be only one.
  func record(level: Int, holder: AnyCoroutine? = nil) {
    guard !isPart else { return }
    if loop == nil, let running = CurrentLoop.loop { join(running) }
    loop?.recorder?.record(
      .resourceChanged(id, level: UInt32(clamping: level), holder: holder?.lane ?? .none))
  }

  /// As an error names it: `lock 1, which meow(3) holds`.
  var purpose: String { name }

  private var typeText: String { "<\(type(of: self))>" }

  private func join(_ loop: EventLoop) {
    self.loop = loop
    guard !isPart else { return }
    let number = (loop.counters.resourcesByKind[kind] ?? 0) + 1
    loop.counters.resourcesByKind[kind] = number
    loop.counters.resources += 1
    id = ResourceID(loop.counters.resources)
    if !isNamed { name = "\(kind) \(number)" }
    if let recorder = loop.recorder {
      recorder.record(.resourceCreated(id, kind, name: recorder.intern(name), limit: limit))
    }
  }
}

/// A future that knows what a coroutine waits for with it.
final class ResourceWaiter: Waiter {
  let resource: LoopResource

  init(of resource: LoopResource, loop: EventLoop, waitKind: Wait.Kind) {
    self.resource = resource
    super.init(loop: loop, kind: resource.name, of: resource.id, waitKind: waitKind)
  }
}

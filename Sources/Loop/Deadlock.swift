import Trace

extension EventLoop {
  /// Names who waits for whom when nothing can ever wake the loop again.
  ///
  /// - Parameter reason: what is said where no task waits.
  /// - Complexity: O(unfinished tasks × members).
  func deadlock(of reason: String) -> DeadlockError {
    let waits = tasks.all.compactMap { task -> String? in
      guard let coroutine = task.innermost, let future = task.waitsFor else { return nil }
      return "\(coroutine.name) waits for \(name(of: future))"
    }
    let shown = waits.prefix(8).joined(separator: ", ")
    let more = waits.count > 8 ? " and \(waits.count - 8) more" : ""
    let who = waits.isEmpty ? reason : shown + more
    return DeadlockError("nothing is ready and no timer is left: \(who)")
  }

  private func name(of future: AnyFuture) -> String {
    if let task = tasks.all.first(where: { $0.id == future.id }), let root = task.root {
      return root.name
    }
    if let waiter = future as? ResourceWaiter { return waiter.resource.purpose }
    switch future.waitKind {
    case .gather: return "a gather"
    case .wait: return "a wait"
    default: return "a future that nobody resolves"
    }
  }
}

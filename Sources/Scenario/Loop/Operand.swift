import Loop

/// A coroutine, a task or a future of a scenario, so that all three can stand in one list.
///
/// There is one for each, since `gather` and others ask whether two members are the same.
final class Operand: Awaitable {
  let base: any Awaitable<Value>

  init(_ base: any Awaitable<Value>) { self.base = base }

  var isCoroutine: Bool { base.isCoroutine }

  func callAsFunction(line: UInt32) async throws -> Value { try await base(line: line) }

  func ensureFuture(on loop: EventLoop) -> Future<Value> { base.ensureFuture(on: loop) }
}

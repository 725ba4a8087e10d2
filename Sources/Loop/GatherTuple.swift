/// Mirrors `asyncio.gather` for members of several types, whose results are a tuple.
///
/// ```swift
/// let (name, age) = try await gather(readName(), readAge())()
/// ```
///
/// Members of one type give an array.
///
/// - Returns: a future; cancelling it cancels the members.
/// - Precondition: an event loop is running on this thread.
@_disfavoredOverload
public func gather<First: Awaitable, each Other: Awaitable>(
  _ first: First, _ others: repeat each Other
) -> Future<(First.Value, repeat (each Other).Value)> {
  var arguments = [GatherArgument(first)]
  for member in repeat each others {
    let former = arguments.first { $0.awaitable === member }
    arguments.append(former ?? GatherArgument(member))
  }
  let loop = runningLoop()
  return GatheringFuture(arguments, loop: loop) { futures in
    Result {
      var rest = futures[...]
      return (
        try result(of: First.self, popping: &rest),
        repeat try result(of: (each Other).self, popping: &rest)
      )
    }
  }
}

private func result<A: Awaitable>(
  of member: A.Type, popping futures: inout ArraySlice<AnyFuture>
) throws -> A.Value {
  guard let future = futures.popFirst() as? Future<A.Value> else {
    preconditionFailure("each member has its future")
  }
  return try future.result()
}

/// What a gather was given, whatever its type.
final class GatherArgument {
  let awaitable: AnyObject
  private let make: (EventLoop) -> AnyFuture
  private var future: AnyFuture?

  init<A: Awaitable>(_ awaitable: A) {
    self.awaitable = awaitable
    make = { awaitable.ensureFuture(on: $0) }
  }

  func ensureFuture(on loop: EventLoop) -> AnyFuture {
    let future = future ?? make(loop)
    self.future = future
    return future
  }
}

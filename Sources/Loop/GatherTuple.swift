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
  for member in repeat each others { arguments.append(GatherArgument(member)) }
  return gathering(arguments) { futures in
    Result {
      var rest = futures[...]
      return (
        try result(of: First.self, popping: &rest),
        repeat try result(of: (each Other).self, popping: &rest)
      )
    }
  }
}

/// Mirrors `asyncio.gather` for at least one member, whatever their types.
///
/// - Parameter collect: makes the outcome of the futures, one for each member.
package func gathering<Output>(
  _ members: [GatherArgument], collect: @escaping ([AnyFuture]) -> Result<Output, any Error>
) -> Future<Output> {
  var arguments: [GatherArgument] = []
  for member in members {
    arguments.append(arguments.first { $0.awaitable === member.awaitable } ?? member)
  }
  return GatheringFuture(arguments, loop: runningLoop(), collect: collect)
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
package final class GatherArgument {
  fileprivate let awaitable: AnyObject
  private let make: (EventLoop) -> AnyFuture
  private var future: AnyFuture?

  package init<A: Awaitable>(_ awaitable: A) {
    self.awaitable = awaitable
    make = { awaitable.ensureFuture(on: $0) }
  }

  func ensureFuture(on loop: EventLoop) -> AnyFuture {
    let future = future ?? make(loop)
    self.future = future
    return future
  }
}

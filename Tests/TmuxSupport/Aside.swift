import Foundation

/// Does what takes long on a thread of its own, so that none of the few that run tests is kept by it.
package func aside<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
  }
}

/// Runs a program as ``run(_:)`` does, aside.
package func runAside(_ arguments: [String]) async throws -> CommandResult {
  try await aside { try run(arguments) }
}

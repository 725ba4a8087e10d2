import Foundation

/// Runs a program as ``run(_:)`` does, and keeps no thread of the tests waiting for it: for what takes long.
package func runAside(_ arguments: [String]) async throws -> CommandResult {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Result { try run(arguments) })
    }
  }
}

/// Whether a process goes on. A zombie that nobody has waited for does not.
package func isAlive(_ process: Int32) -> Bool {
  let state = (try? run(["ps", "-o", "stat=", "-p", "\(process)"]))?.output ?? ""
  return !state.isEmpty && !state.hasPrefix("Z")
}

/// Waits until a process has ended, ten seconds at most.
///
/// - Returns: whether it has.
package func hasEnded(_ process: Int32) async throws -> Bool {
  let clock = ContinuousClock()
  let limit = clock.now + .seconds(10)
  while isAlive(process) {
    guard clock.now < limit else { return false }
    try await clock.sleep(for: .milliseconds(10))
  }
  return true
}

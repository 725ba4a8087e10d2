package import TUI

/// Why ``Terminal/wait(until:alsoReadable:)`` returned. Empty when the time is over or
/// ``Terminal/wake()`` was called.
package struct Wakeup: Equatable, Sendable {
  /// What the user did, in order.
  package var inputs: [Input] = []
  /// Which of the other descriptors can be read without blocking, or are at their end.
  package var readable: [Int32] = []
  /// The signal that asks the process to end. Save what must be saved, then call
  /// ``Terminal/end(bySignal:)``.
  package var ending: Int32?
}

package import TUI

/// What ``Terminal/wait(until:alsoReadable:beforeStop:)`` brought. Empty when the time is over
/// or another descriptor can be read.
package struct Wakeup: Equatable, Sendable {
  /// What the user did, in order.
  package var inputs: [Input] = []
  /// The signal that asks the process to end. Save what must be saved, then call
  /// ``Terminal/end(bySignal:)``.
  package var ending: Int32?
  /// Whether the process stood still meanwhile, by a stop from outside.
  package var wasStopped = false
}

extension EventLoop {
  /// The part of a loop that other threads may use.
  public struct Remote: Sendable {
    private let mailbox: Mailbox

    fileprivate init(_ mailbox: Mailbox) { self.mailbox = mailbox }

    /// Mirrors `loop.call_soon_threadsafe`: the callback runs on the loop's thread, in its next
    /// turn, and wakes the loop if it sleeps.
    ///
    /// - Parameter name: what the ready queue shows.
    public func callSoonThreadsafe(
      _ name: String = "callback", _ body: @escaping @Sendable () -> Void
    ) {
      mailbox.put(.call(name: name, body))
    }
  }

  /// What another thread needs to call the loop. From then on the loop does not take an idle moment
  /// for a deadlock.
  public var remote: Remote {
    hasRemote = true
    return Remote(executor.mailbox)
  }
}

import Trace

extension EventLoop {
  /// The part of a loop that other threads may use.
  public struct Remote: Sendable {
    private let mailbox: Mailbox

    fileprivate init(_ mailbox: Mailbox) { self.mailbox = mailbox }

    /// Mirrors `loop.call_soon_threadsafe`: the callback runs on the loop's thread, in its next
    /// turn, and wakes the loop if it sleeps.
    ///
    /// On a virtual clock, what a function calls that ``runInExecutor(_:_:_:)`` runs is called at
    /// its own time: when the loop would wait, and after what it has slept by then.
    ///
    /// - Parameter name: what the ready queue shows.
    public func callSoonThreadsafe(
      _ name: String = "callback", _ body: @escaping @Sendable () throws -> Void
    ) {
      if let place = WorkPlace.current, place.mailbox === mailbox {
        place.call(name, body)
      } else if let loop = CurrentLoop.loop, loop.executor.mailbox === mailbox {
        loop.callSoon(name, cause: Cause(.callSoon), body)
      } else {
        mailbox.put(.call(name: name, body))
      }
    }

    /// Whether its loop runs on this thread.
    var isOfThisThread: Bool { CurrentLoop.withLoop { $0.executor.mailbox === mailbox } ?? false }

    /// The time of its loop, 0 on another thread.
    var time: Int64 {
      CurrentLoop.withLoop { $0.executor.mailbox === mailbox ? $0.time : 0 } ?? 0
    }

    /// Where this thread works for its loop, nil where it does not.
    var workPlace: WorkPlace? { WorkPlace.current.flatMap { $0.mailbox === mailbox ? $0 : nil } }
  }

  /// What another thread needs to call the loop. From then on the loop does not take an idle moment
  /// for a deadlock.
  public var remote: Remote {
    hasRemote = true
    return Remote(executor.mailbox)
  }

  /// For a function that the loop itself gives to a thread: the loop knows when that is done.
  package var workRemote: Remote { Remote(executor.mailbox) }
}

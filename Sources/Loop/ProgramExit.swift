/// `KeyboardInterrupt`: somebody wants the program to end.
public struct KeyboardInterrupt: PythonError, Equatable {
  public let message: String
  public init(_ message: String = "") { self.message = message }
}

/// `SystemExit`: the program wants to end.
public struct SystemExit: PythonError, Equatable {
  public let message: String
  public init(_ message: String = "") { self.message = message }
}

/// Whether an error ends the program: `isinstance(exc, (SystemExit, KeyboardInterrupt))`, which
/// asyncio asks wherever it takes an exception from the program's own code.
func endsProgram(_ error: any Error) -> Bool { error is KeyboardInterrupt || error is SystemExit }

extension EventLoop {
  /// Lets an error through that ends the program: no other handle runs in this tick, and
  /// ``runUntilComplete(_:)`` throws it.
  ///
  /// Mirrors the `raise` in `Task.__step` and `Handle._run`, which leaves `_run_once` and
  /// `run_forever` at once. What is in the ready queue stays there for the next run.
  func exit(with error: any Error) {
    programExit = error
    isStopping = true
    leftInTick = 0
  }

  /// Mirrors `_run_until_complete_cb`: stops the loop when the main future is done, unless that has
  /// ended the run already.
  func mainIsDone(_ future: AnyFuture) {
    if !future.isCancelled, let error = future.takeError(), endsProgram(error) { return }
    stop()
  }
}

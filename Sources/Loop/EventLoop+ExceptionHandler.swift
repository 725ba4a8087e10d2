import Trace

extension EventLoop {
  /// Hears of what went wrong where nobody waits for it.
  public typealias ExceptionHandler = (EventLoop, ExceptionContext) throws -> Void

  /// Mirrors `loop.set_exception_handler`; nil brings the default back.
  public func setExceptionHandler(_ handler: ExceptionHandler?) { exceptionHandler = handler }

  /// Mirrors `loop.get_exception_handler`.
  public func getExceptionHandler() -> ExceptionHandler? { exceptionHandler }

  /// Mirrors `loop.call_exception_handler`. What the handler itself throws goes to the default one.
  ///
  /// - Throws: a ``KeyboardInterrupt`` or ``SystemExit`` of the handler.
  public func callExceptionHandler(_ context: ExceptionContext) throws {
    if let recorder, !isClosed {
      recorder.record(.exceptionReported(recorder.intern(context.text), by: runningLane))
    }
    guard let exceptionHandler else { return defaultExceptionHandler(context) }
    do {
      try CurrentLoop.entered(self) { try exceptionHandler(self, context) }
    } catch let error where endsProgram(error) {
      throw error
    } catch {
      defaultExceptionHandler(
        ExceptionContext(
          "Unhandled error in exception handler", exception: error,
          details: [.init("context", context.repr)]))
    }
  }

  /// Mirrors `loop.default_exception_handler`: writes to stderr.
  public func defaultExceptionHandler(_ context: ExceptionContext) {
    echo?(context.text + "\n", .stderr)
  }

  /// Tells the exception handler of what was found when memory was given back, as `__del__` does:
  /// nothing can be thrown from there.
  func reportLoss(_ context: ExceptionContext) {
    do {
      try callExceptionHandler(context)
    } catch {
      echo?("Exception ignored in the exception handler\n\(text(of: error))\n", .stderr)
    }
  }

  /// Runs a callback of the user; what it throws goes to the exception handler, unless it ends the
  /// program, as in `Handle._run`.
  func guarding(_ name: String, _ body: () throws -> Void) {
    do {
      do {
        try body()
      } catch let error where !endsProgram(error) {
        try callExceptionHandler(
          ExceptionContext("Exception in callback \(name)", exception: error))
      }
    } catch {
      exit(with: error)
    }
  }
}

import Trace

/// What an event loop tells its exception handler: the `context` of `call_exception_handler`.
public struct ExceptionContext {
  /// One more thing that is known, such as the future that was lost.
  public struct Detail: Equatable, Sendable {
    public let name: String
    public let text: String

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// What went wrong, in a few words.
  public let message: String
  public let exception: (any Error)?
  /// In alphabetical order, as CPython prints them.
  public let details: [Detail]

  public init(_ message: String, exception: (any Error)? = nil, details: [Detail] = []) {
    self.message = message
    self.exception = exception
    self.details = details
  }

  /// As CPython's default handler writes it, without the traceback: the message, a line for each
  /// detail, and the exception.
  public var text: String {
    let lines = [message] + details.map { "\($0.name): \($0.text)" }
    return (lines + (exception.map { [Loop.text(of: $0)] } ?? [])).joined(separator: "\n")
  }
}

extension EventLoop {
  /// Mirrors `loop.set_exception_handler`; nil brings the default back.
  public func setExceptionHandler(_ handler: ((EventLoop, ExceptionContext) -> Void)?) {
    exceptionHandler = handler
  }

  /// Mirrors `loop.get_exception_handler`.
  public func getExceptionHandler() -> ((EventLoop, ExceptionContext) -> Void)? {
    exceptionHandler
  }

  /// Mirrors `loop.call_exception_handler`.
  public func callExceptionHandler(_ context: ExceptionContext) {
    if let recorder, !isClosed {
      recorder.record(.exceptionReported(recorder.intern(context.text), by: runningLane))
    }
    if let exceptionHandler {
      exceptionHandler(self, context)
    } else {
      defaultExceptionHandler(context)
    }
  }

  /// Mirrors `loop.default_exception_handler`: writes to stderr.
  public func defaultExceptionHandler(_ context: ExceptionContext) {
    echo?(context.text + "\n", .stderr)
  }

  /// Runs a callback of the user; what it throws goes to the exception handler, as in
  /// `Handle._run`.
  func guarding(_ name: String, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      callExceptionHandler(
        ExceptionContext("Exception in callback \(name)", exception: error))
    }
  }
}

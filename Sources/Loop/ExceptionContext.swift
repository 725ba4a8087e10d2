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

  /// Mirrors `repr(context)`.
  var repr: String {
    let parts =
      ["'message': \(pythonText(message))"]
      + (exception.map { ["'exception': \(pythonText($0))"] } ?? [])
      + details.map { "'\($0.name)': \($0.text)" }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// As CPython's default handler writes it, without the traceback: the message, a line for each
  /// detail, and the exception.
  public var text: String {
    let lines = [message] + details.map { "\($0.name): \($0.text)" }
    return (lines + (exception.map { [Loop.text(of: $0)] } ?? [])).joined(separator: "\n")
  }
}

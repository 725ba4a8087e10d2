/// An error with the name that Python gives it, so that a lane ends with the words that a Python
/// programmer knows.
public protocol PythonError: Error, CustomStringConvertible {
  /// The exception's class: `RuntimeError`.
  static var typeName: String { get }
  /// What `str(exception)` gives.
  var message: String { get }
  /// What `repr(exception)` gives.
  var repr: String { get }
}

extension PythonError {
  public static var typeName: String { String(describing: Self.self) }

  /// As the last line of a traceback has it: `Type: message`, or `Type` alone.
  public var description: String {
    message.isEmpty ? Self.typeName : "\(Self.typeName): \(message)"
  }

  /// `Type('message')`, or `Type()`.
  public var repr: String {
    message.isEmpty ? "\(Self.typeName)()" : "\(Self.typeName)(\(pythonText(message)))"
  }
}

/// `RuntimeError`.
public struct RuntimeError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// `TypeError`.
public struct TypeError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// `ValueError`.
public struct ValueError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// `asyncio.CancelledError`: thrown into a coroutine at its await when its task is cancelled.
public struct CancelledError: PythonError, Equatable {
  public let message: String
  public init(_ message: String = "") { self.message = message }
}

/// `asyncio.InvalidStateError`.
public struct InvalidStateError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// `asyncio.TimeoutError`, which is the built-in one from 3.11 on.
public struct TimeoutError: PythonError, Equatable {
  public let message: String
  public init(_ message: String = "") { self.message = message }
}

/// `AttributeError`: a CPython version lacks what was asked of it.
public struct AttributeError: PythonError, Equatable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// Nothing is ready and no timer is left, and the main task still waits. CPython hangs here for
/// ever; this loop says who waits for whom.
public struct DeadlockError: PythonError, Equatable {
  public let message: String
  init(_ message: String) { self.message = message }
}

/// Unwinds a coroutine whose loop is closed, as `GeneratorExit` does when CPython closes one.
struct CoroutineExit: Error {}

/// The text with which an error is shown.
func text(of error: any Error) -> String {
  (error as? any PythonError)?.description ?? "\(type(of: error)): \(error)"
}

/// A program that was given a number of handles has used them up.
package struct EndlessError: Error {}

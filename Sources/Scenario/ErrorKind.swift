import Loop

/// The exceptions that a scenario can raise and catch.
enum ErrorKind: String {
  case cancelled = "CancelledError"
  case timeout = "TimeoutError"
  case value = "ValueError"
  case runtime = "RuntimeError"
  case type = "TypeError"
  case invalidState = "InvalidStateError"
  case queueEmpty = "QueueEmpty"
  case queueFull = "QueueFull"
  case queueShutDown = "QueueShutDown"
  case brokenBarrier = "BrokenBarrierError"
  case name = "NameError"
  case group = "ExceptionGroup"
  case exception = "Exception"
  case base = "BaseException"
  case interrupt = "KeyboardInterrupt"
  case exit = "SystemExit"

  /// The exception that `raise` makes of it.
  func error(_ message: String) throws(ScenarioError) -> any Error {
    switch self {
    case .cancelled: CancelledError(message)
    case .timeout: TimeoutError(message)
    case .value: ValueError(message)
    case .runtime: RuntimeError(message)
    case .type: TypeError(message)
    case .invalidState: InvalidStateError(message)
    case .interrupt: KeyboardInterrupt(message)
    case .exit: SystemExit(message)
    default: throw ScenarioError("\(rawValue) cannot be raised by a scenario.")
    }
  }

  /// Whether `except` of it catches an error.
  func catches(_ error: any Error) -> Bool {
    guard error is any PythonError else { return false }
    return switch self {
    case .cancelled: error is CancelledError
    case .timeout: error is TimeoutError
    case .value: error is ValueError
    case .runtime: error is RuntimeError || error is BrokenBarrierError
    case .type: error is TypeError
    case .invalidState: error is InvalidStateError
    case .queueEmpty: error is QueueEmpty
    case .queueFull: error is QueueFull
    case .queueShutDown: error is QueueShutDown
    case .brokenBarrier: error is BrokenBarrierError
    case .name: error is NameError
    case .group: error is ExceptionGroup
    case .interrupt: error is KeyboardInterrupt
    case .exit: error is SystemExit
    case .exception:
      ![.cancelled, .interrupt, .exit].contains { (kind: Self) in kind.catches(error) }
    case .base: true
    }
  }
}

/// A variable was read that nothing has set yet.
struct NameError: PythonError {
  let message: String
  init(variable: String) { message = "name '\(variable)' is not defined" }
}

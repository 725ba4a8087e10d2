public import Loop

/// A small program on our event loop that teaches one thing.
public struct Demo: Sendable {
  /// As the command line knows it: `ensure-future`.
  public let name: String
  public let title: String
  /// What it teaches, in one line.
  public let lesson: String
  /// What to look for on the screen, in a few sentences.
  public let note: String
  /// The CPython version whose decisions it shows unless told otherwise.
  public let profile: Profile
  /// The Swift file that it stands in, and the text of that file.
  public let file: String
  /// What its arguments are called, for its usage line; most have none.
  public let parameters: [String]
  /// - Throws: ``DemoError`` for arguments that it cannot take.
  public let program: @Sendable (_ arguments: [String]) throws -> Coroutine<Void>

  init(
    _ name: String, title: String, lesson: String, note: String, profile: Profile = .latest,
    file: StaticString = #fileID, parameters: [String] = [],
    program: @escaping @Sendable ([String]) throws -> Coroutine<Void>
  ) {
    self.name = name
    self.title = title
    self.lesson = lesson
    self.note = note
    self.profile = profile
    self.file = String("\(file)".split(separator: "/").last ?? "")
    self.parameters = parameters
    self.program = program
  }

  /// Every demo, in the order in which they teach.
  public static let all: [Demo] = [
    hello, deferred, ensureFuture, order, wait, waitOrdered, gather, reawait, evensOdds,
    neverAwaited, starvation, blocking, cancel, timeout, shield, asCompleted, exceptionInGather,
    taskGroup, neverRetrieved, lock, deadlock, semaphore, condition, barrier, producerConsumer,
    eager, storm,
  ]

  public static func named(_ name: String) -> Demo? { all.first { $0.name == name } }
}

/// What can be wrong with a demo's arguments.
public enum DemoError: Error, Equatable, CustomStringConvertible {
  case badArgument(String, parameter: String, demo: String)
  case tooManyArguments(demo: String, usage: String)

  public var description: String {
    switch self {
    case .badArgument(let text, let parameter, let demo):
      "'\(text)' is no \(parameter) for the demo \(demo): give a number from 1 to 10000000."
    case .tooManyArguments(let demo, let usage):
      "The demo \(demo) takes \(usage.isEmpty ? "no arguments" : usage) and no more."
    }
  }
}

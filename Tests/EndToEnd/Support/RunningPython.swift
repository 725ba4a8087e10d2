import Foundation
import Python
import PythonSupport
import Testing
import TmuxSupport

/// A Python program that runs by itself, with nothing of ours around it, until it is let go.
final class RunningPython {
  private let process: Process
  private let output: String

  /// - Parameters:
  ///   - path: the interpreter.
  ///   - text: what the program prints once it is at work.
  ///   - starter: a command that becomes the interpreter.
  init(
    _ script: String, by path: String, in scratch: Scratch, until text: String,
    startedBy starter: [String] = []
  ) async throws {
    output = scratch.file("\(UUID().uuidString).output")
    try Data().write(to: URL(filePath: output))
    process = Process()
    let command = starter + [path, script]
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = process.standardOutput
    try process.run()
    try await says(text)
  }

  deinit { if process.isRunning { kill() } }

  var number: String { "\(process.processIdentifier)" }
  var isAlive: Bool { process.isRunning }
  var said: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

  /// Waits until it has printed so many lines that hold a text, a minute at most: the machine may be busy.
  func says(_ text: String, times: Int = 1) async throws {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(60)
    while said.components(separatedBy: text).count <= times {
      guard clock.now < limit else { throw TmuxFailure("the program has not printed \(text)") }
      try await clock.sleep(for: .milliseconds(5))
    }
  }

  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }
}

extension Trait where Self == ConditionTrait {
  static var wherePythonCanBeAttachedTo: Self {
    .enabled(if: attachable != nil, "no Python from 3.14 on is installed, or this is not Linux")
  }
}

/// An interpreter whose programs can be attached to.
let attachable: Interpreter? = {
  #if os(Linux)
    Interpreters.installed.last { $0.minor >= 14 }
  #else
    nil
  #endif
}()

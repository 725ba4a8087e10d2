import Foundation
import Testing
import TmuxSupport

/// What a run of the built program in a pipe left.
struct Answer {
  let status: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Runs the built program with no terminal, to its end.
///
/// - Parameter shell: a shell's line in which `"$@"` is the program with its arguments.
func loopscope(_ arguments: String..., through shell: String = "\"$@\"") throws -> Answer {
  try loopscope(all: arguments, through: shell)
}

func loopscope(all arguments: [String], through shell: String = "\"$@\"") throws -> Answer {
  let scratch = try Scratch()
  let errors = scratch.file("errors")
  let result = try run(
    ["/bin/sh", "-c", "{ \(shell); } 2>\"$0\"", errors, builtProduct("loopscope")] + arguments)
  return Answer(
    status: result.status, output: result.output,
    errors: try String(contentsOfFile: errors, encoding: .utf8))
}

/// Starts the built program in a terminal of its own and waits for its first picture.
///
/// - Parameter text: what the first picture shows.
func open(
  _ arguments: String..., columns: Int = 100, rows: Int = 30,
  environment: [String: String?] = [:], until text: String = "paused"
) async throws -> Tmux {
  let tmux = try launch(arguments, columns: columns, rows: rows, environment: environment)
  try await tmux.wait(for: text)
  return tmux
}

func launch(
  _ arguments: [String], columns: Int = 100, rows: Int = 30,
  environment: [String: String?] = [:], redirection: String = ""
) throws -> Tmux {
  try Tmux(
    running: [builtProduct("loopscope")] + arguments, columns: columns, rows: rows,
    environment: environment, redirection: redirection)
}

extension Tmux {
  /// Waits for the picture after so many steps of the loop.
  @discardableResult
  func wait(forStep step: Int) async throws -> [String] {
    try await wait(for: "step \(step)") { $0.first?.contains("step \(step) ") == true }
  }

  /// Waits for a text in the last row, where messages stand.
  @discardableResult
  func wait(forMessage text: String) async throws -> [String] {
    try await wait(for: "the message \"\(text)\"") { $0.last?.contains(text) == true }
  }

  /// Waits for work that may take minutes on a busy machine and says in the last row that it goes on.
  func waitWhile(message text: String) async throws {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(180)
    while clock.now < limit, try screen().last?.contains(text) == true {
      try await clock.sleep(for: .milliseconds(20))
    }
  }

  /// Waits until a text is no longer shown.
  @discardableResult
  func wait(without text: String) async throws -> [String] {
    try await wait(for: "no \"\(text)\"") { screen in !screen.contains { $0.contains(text) } }
  }

  /// Waits for a text on a screen that need not stand still.
  func glimpse(_ text: String) async throws {
    try await glimpse(of: "\"\(text)\"") { $0.contains { $0.contains(text) } }
  }

  /// Waits until a screen that need not stand still fulfils a condition.
  ///
  /// - Parameter what: the condition in words, for the failure's sentence.
  func glimpse(of what: String, until isMet: ([String]) throws -> Bool) async throws {
    var looks = 0
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(10)
    while clock.now < limit || looks < 300 {
      looks += 1
      if try isMet(screen()) { return }
      try await clock.sleep(for: .milliseconds(5))
    }
    throw TmuxFailure("waited ten seconds for a glimpse of \(what)")
  }

  /// The process of the program that is watched, once it has printed `process 1234`.
  func watchedProcess() async throws -> Int32 {
    var process: Int32?
    try await glimpse(of: "the process") { screen in
      process =
        screen.lazy.compactMap { $0.firstMatch(of: /process (\d+)/)?.1 }.first
        .flatMap { Int32($0) }
      return process != nil
    }
    return try #require(process)
  }

  /// Types a text and waits for what it brings.
  @discardableResult
  func type(_ text: String, toSee seen: String) async throws -> [String] {
    try send(text)
    return try await wait(for: seen)
  }

  /// Quits, and checks that the program ended well and gave its terminal back.
  func quit(
    by keys: String = "q", status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try send(keys)
    #expect(try await exitStatus() == status, sourceLocation: sourceLocation)
    try expectRestored(sourceLocation: sourceLocation)
  }

  /// Checks that nothing of the program is left in its terminal.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let state = format(
      "alternate=#{alternate_on} cursor=#{cursor_flag} mouse=#{mouse_any_flag} "
        + "keypad=#{keypad_flag} keys=#{keypad_cursor_flag}")
    #expect(
      state == "alternate=0 cursor=1 mouse=0 keypad=0 keys=0", sourceLocation: sourceLocation)
    // Echo, signals, line editing: as `stty -g` told them before.
    let screen = try screen(hasHistory: true)
    #expect(screen.contains("MODES=same."), sourceLocation: sourceLocation)
  }
}

/// The keys that terminals send as sequences.
enum Keys {
  static let up = "␛[A"
  static let down = "␛[B"
  static let right = "␛[C"
  static let left = "␛[D"
  static let home = "␛[H"
  static let end = "␛[F"
  static let pageUp = "␛[5~"
  static let pageDown = "␛[6~"
  static let enter = "\r"
  static let tab = "\t"
  static let backTab = "␛[Z"
  static let backspace = "\u{7F}"
  static let escape = "␛"
  static let controlC = "\u{03}"
  static let controlU = "\u{15}"
  static let controlZ = "\u{1A}"

  /// A click of the left button on a row and a column, both counted from 0.
  static func click(column: Int, row: Int) -> String {
    "␛[<0;\(column + 1);\(row + 1)M␛[<0;\(column + 1);\(row + 1)m"
  }

  static func paste(_ text: String) -> String { "␛[200~\(text)␛[201~" }
}

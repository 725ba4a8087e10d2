import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.enabled(if: Tmux.isAvailable, "tmux is not installed"))
struct LifeCycleTests {
  #if arch(arm64)
    static let trap = 128 + SIGTRAP
  #else
    static let trap = 128 + SIGILL
  #endif

  #if canImport(Glibc)
    static let badPointer = 128 + SIGSEGV
  #else
    static let badPointer = 128 + SIGBUS
  #endif

  @Test(
    arguments: [
      ("q", 0, ""), ("\u{03}", 128 + SIGINT, ""), ("e", 3, "leaving by exit"),
      ("f", trap, "a trap on purpose"), ("p", badPointer, ""), ("a", 128 + SIGABRT, ""),
      ("o", 128 + SIGSEGV, ""),
    ])
  func `however the program ends by itself the terminal is restored and its last words are shown`(
    key: String, status: Int32, words: String
  ) async throws {
    let tmux = try await startFixture()
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "101")
    try tmux.send(key)
    #expect(try await tmux.exitStatus() == status)
    try expectRestored(tmux)
    let screen = try tmux.screen(hasHistory: true)
    #expect(words.isEmpty || screen.contains { $0.contains(words) })
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func `a signal ends the program by that signal with the terminal restored`(
    signal: Int32
  ) async throws {
    let tmux = try await startFixture()
    kill(try #require(tmux.programID), signal)
    #expect(try await tmux.exitStatus() == 128 + signal)
    try expectRestored(tmux)
    #expect(try tmux.screen().contains("ended by signal \(signal)"))
  }

  @Test func `a program that hangs is ended by the third signal and not before`() async throws {
    let tmux = try await startFixture()
    let program = try #require(tmux.programID)
    try tmux.send("h")
    try await tmux.wait(for: "HANGING")
    for _ in 0..<2 {
      kill(program, SIGTERM)
      // Two that are pending at once are one: each must arrive before the next is sent.
      try await Task.sleep(for: .milliseconds(50))
      #expect(tmux.format("#{alternate_on}") == "1")
    }
    kill(program, SIGTERM)
    #expect(try await tmux.exitStatus() == 128 + SIGTERM)
    try expectRestored(tmux)
  }

  @Test func `a terminal that is closed ends the program`() async throws {
    let tmux = try await startFixture()
    let program = try #require(tmux.programID)
    tmux.hangUp()
    #expect(try await hasEnded(program))
  }

  @Test func `warnings are kept out of the picture and shown after it`() async throws {
    let tmux = try await startFixture()
    try tmux.send("w")
    #expect(!(try await tmux.wait(for: "TOLD 1").joined().contains("a warning meanwhile")))
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
    #expect(try tmux.screen().contains("a warning meanwhile"))
  }

  @Test func `of a flood of warnings the end is kept`() async throws {
    let tmux = try await startFixture()
    try tmux.send("W")
    try await tmux.wait(for: "TOLD 1")
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
    #expect(try tmux.screen().contains("line 39999 of a flood of warnings"))
    #expect((Int(tmux.format("#{history_size}")) ?? 0) < 3_000)
  }
}

import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.enabled(if: Tmux.isAvailable, "tmux is not installed"))
struct StopTests {
  /// The fixture as a job of an interactive shell, which prints the process's number first.
  private func startJob() async throws -> (Tmux, Int32) {
    let tmux = try Tmux(running: nil, columns: 80, rows: 24)
    try await tmux.wait(for: "$")
    try tmux.send("sh -c 'echo ID=$$.; exec \(builtProduct("TerminalFixture"))'\n")
    try await tmux.wait(for: "LAST")
    try tmux.send("\u{1A}")
    let screen = try await waitForShell(tmux)
    let line = try #require(screen.first { $0.hasPrefix("ID=") })
    return (tmux, try #require(Int32(line.dropFirst(3).dropLast())))
  }

  @discardableResult
  private func waitForShell(_ tmux: Tmux) async throws -> [String] {
    let screen = try await tmux.wait(for: "the prompt") {
      $0.last { !$0.isEmpty } == "$" && $0.contains { $0.contains("Stopped") }
    }
    #expect(
      tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}#{keypad_cursor_flag}") == "0100")
    return screen
  }

  @Test func `Ctrl-Z gives the shell its terminal and fg brings the picture back`() async throws {
    let (tmux, _) = try await startJob()
    try tmux.send("echo still here\n")
    try await tmux.wait(for: "still here")
    try tmux.send("fg\n")
    try await tmux.wait(for: "LAST")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "101")
    try tmux.send("x")
    try await tmux.wait(for: "key(x)")
    try tmux.send("q")
    try await tmux.wait(for: "still here")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test func `after fg the picture has the size that the terminal has got meanwhile`() async throws
  {
    let (tmux, _) = try await startJob()
    try tmux.resize(columns: 50, rows: 12)
    try tmux.send("fg\n")
    let screen = try await tmux.wait(for: "SIZE 50x12")
    #expect(screen.last == "LAST")
  }

  @Test func `a stop from outside is obeyed as Ctrl-Z is`() async throws {
    let (tmux, program) = try await startJob()
    try tmux.send("clear; fg\n")
    try await tmux.wait(for: "LAST")
    kill(program, SIGTSTP)
    try await waitForShell(tmux)
    try tmux.send("fg\n")
    try await tmux.wait(for: "LAST")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "101")
  }

  @Test func `a stop that cannot be seen coming is repaired when the program goes on`() async throws
  {
    let (tmux, program) = try await startJob()
    try tmux.send("clear; fg\n")
    try await tmux.wait(for: "LAST")
    kill(program, SIGSTOP)
    try await tmux.wait(for: "Stopped")
    try tmux.send("fg\n")
    let screen = try await tmux.wait(for: "the picture alone") {
      $0.contains("LAST") && !$0.contains { $0.contains("Stopped") }
    }
    #expect(screen[0] == "SIZE 80x24")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "101")
    try tmux.send("q")
    try await tmux.wait(for: "$")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test(arguments: [SIGTSTP, SIGSTOP])
  func `a stopped program that is killed ends and leaves the shell alone`(
    signal: Int32
  ) async throws {
    let (tmux, program) = try await startJob()
    try tmux.send("clear; fg\n")
    try await tmux.wait(for: "LAST")
    kill(program, signal)
    try await tmux.wait(for: "Stopped")
    // The shell continues a stopped job that it kills.
    try tmux.send("kill %1\n")
    try await tmux.wait(for: "ended by signal 15")
    #expect(
      tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}#{keypad_cursor_flag}") == "0100")
    try tmux.send("echo still $((40 + 2)) here\n")
    try await tmux.wait(for: "still 42 here")
    try tmux.send("wait %1 || echo DONE=$?.\n")
    try await tmux.wait(for: "DONE=")
  }

  @Test func `in the background it waits to be brought back`() async throws {
    let (tmux, program) = try await startJob()
    try tmux.send("bg\n")
    try await tmux.wait(for: "the job to stop again") { _ in
      try run(["ps", "-o", "stat=", "-p", "\(program)"]).output.hasPrefix("T")
    }
    try tmux.send("fg\n")
    try await tmux.wait(for: "LAST")
    try tmux.send("q")
    try await tmux.wait(for: "$")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test func `where no shell watches Ctrl-Z only repaints`() async throws {
    let tmux = try await startFixture()
    try tmux.send("\u{1A}")
    try await tmux.wait(for: "TOLD 1")
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
    try expectRestored(tmux)
  }
}

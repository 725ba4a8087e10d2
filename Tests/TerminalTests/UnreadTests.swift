import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct UnreadTests {
  @Test func `a terminal that nobody reads cannot keep the program from ending`() async throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(ws_row: 100, ws_col: 400, ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &size) == 0)
    defer { for end in [master, slave] { close(end) } }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let terminal = String(cString: try #require(ttyname(slave)))
    let program = try start(
      ["env", "TERM=xterm-256color", builtProduct("TerminalFixture"), "picture", "/dev/null"],
      onTerminal: terminal)
    let clock = ContinuousClock()
    // Each key changes kilobytes of the picture; the system holds some 70 of them unread, and then
    // the program hangs in the middle of drawing.
    for _ in 0..<80 {
      _ = write(master, "x", 1)
      try await clock.sleep(for: .milliseconds(10))
    }
    for _ in 0..<2 {
      kill(program, SIGTERM)
      // Two that are pending at once are one: each must arrive before the next is sent.
      try await clock.sleep(for: .milliseconds(400))
      #expect(isAlive(program), "it did not hang")
    }
    kill(program, SIGTERM)
    if try await !hasEnded(program) { kill(program, SIGKILL) }
    var status: Int32 = 0
    waitpid(program, &status, 0)
    #expect(status & 0x7F == SIGTERM)
  }
}

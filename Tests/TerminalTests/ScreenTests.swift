import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.enabled(if: Tmux.isAvailable, "tmux is not installed"))
struct ScreenTests {
  @Test func `every size is followed and none crashes`() async throws {
    let tmux = try await startFixture()
    let sizes = [
      (100, 30), (1, 1), (2, 1), (1, 50), (300, 2), (20, 5), (400, 100), (60, 12), (80, 24),
    ]
    for (columns, rows) in sizes {
      try tmux.resize(columns: columns, rows: rows)
      if columns >= 20, rows > 2 {
        let screen = try await tmux.wait(for: "SIZE \(columns)x\(rows)")
        #expect(screen.last == "LAST")
        #expect(screen.count == rows)
      } else if columns > 1 {
        try await tmux.wait(for: "the picture's corner") { $0.first?.isEmpty == false }
      }
    }
    for step in 0..<40 { try tmux.resize(columns: 20 + step, rows: 5 + step / 2) }
    try await tmux.wait(for: "SIZE 59x24")
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
    try expectRestored(tmux)
  }

  @Test(arguments: ["tmux-256color", "xterm-256color", "xterm"])
  func `the screen shows what the frame says after any change`(type: String) async throws {
    var template = Array("/tmp/loopscope-picture-XXXXXX".utf8CString)
    close(mkstemp(&template))
    let file = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(file) }
    let tmux = try await startFixture(
      ["picture", file], columns: 40, rows: 10, environment: ["TERM": type])
    for keys in 1...25 {
      try tmux.send("x")
      let shown = try await tmux.wait(for: "KEYS \(keys) ")
      let meant = try run(["cat", file]).output
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      // The lower right corner is left blank on purpose.
      for (y, row) in meant.enumerated() {
        #expect(shown[y] == row || (y == 9 && row.hasPrefix(shown[y])), "after \(keys) keys")
      }
    }
  }

  @Test func `a screen that was written on is repaired by sending it again`() async throws {
    let tmux = try await startFixture()
    let before = try tmux.screen()
    let tty = tmux.format("#{pane_tty}")
    let file = try #require(fopen(tty, "w"))
    fputs("\u{1B}[5;5Hgarbage", file)
    fclose(file)
    try await tmux.wait(for: "garbage")
    try tmux.send("\u{0C}")
    let after = try await tmux.wait(for: "the repair") { !$0.joined().contains("garbage") }
    #expect(after[0] == before[0])
  }

  @Test(arguments: [(0, false), (2, true)])
  func `updates are held back only where the terminal can`(
    answer: Int, isHeld: Bool
  ) async throws {
    let tmux = try await startFixture()
    try tmux.send("␛[?2026;\(answer)$y")
    let sent = try await tmux.bytesSent {
      try tmux.send("x")
      try await tmux.wait(for: "TOLD 1")
    }
    #expect(sent.contains("TOLD") || sent.contains("1"))
    #expect(sent.contains("\u{1B}[?2026h") == isHeld)
    #expect(sent.hasSuffix("\u{1B}[?2026l") == isHeld)
  }

  @Test func `a small change sends few bytes and none sends nothing`() async throws {
    let tmux = try await startFixture()
    let key = try await tmux.bytesSent {
      try tmux.send("x")
      try await tmux.wait(for: "TOLD 1")
    }
    #expect((1..<100).contains(key.utf8.count))
    // Answers of the terminal are no input: the same picture is shown again.
    let answer = try await tmux.bytesSent {
      try tmux.send("␛[?1;2c␛[?2026;0$y")
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(answer.isEmpty)
  }

  #if os(Linux)
    @Test func `nothing wakes a program that waits for a key`() async throws {
      let tmux = try await startFixture()
      let program = try #require(tmux.programID)
      let switches = {
        try run(["grep", "ctxt_switches", "/proc/\(program)/status"]).output
      }
      let before = try switches()
      try await Task.sleep(for: .milliseconds(300))
      #expect(try switches() == before)
    }
  #endif
}

import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.whereTmuxIs, .inTerminals)
struct LeavingTests {
  @Test(
    arguments: [
      ["demo", "order", "--step"], ["demo", "storm", "200", "200"],
      ["demo", "storm", "9999", "9999"],
    ])
  func `q and Ctrl-C end it at any moment, with the terminal as it was`(
    arguments: [String]
  ) async throws {
    for (key, status) in [("q", Int32(0)), (Keys.controlC, 130)] {
      let tmux = try launch(arguments)
      try await tmux.wait(for: "step ") { $0.first?.contains("step ") == true }
      #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "101")
      try await tmux.quit(by: key, status: status)
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `a signal ends it by that signal`(signal: Int32) async throws {
    let tmux = try await open("demo", "order", "--step")
    kill(try #require(tmux.programID), signal)
    #expect(try await tmux.exitStatus() == 128 + signal)
    try tmux.expectRestored()
  }

  @Test func `Ctrl-Z gives the shell its terminal and fg brings the picture back`() async throws {
    let tmux = try Tmux(running: nil, columns: 100, rows: 30)
    try await tmux.wait(for: "$")
    try tmux.send("\(try builtProduct("loopscope")) demo order --step\n")
    try await tmux.wait(forStep: 0)
    try tmux.send("...")
    let before = try await tmux.wait(forStep: 3)
    try tmux.send(Keys.controlZ)
    try await tmux.wait(for: "Stopped")
    try tmux.send("stty -a; echo $?; clear; echo shell\n")
    try await tmux.wait(for: "shell")
    try tmux.resize(columns: 60, rows: 12)
    try tmux.send("fg\n")
    try await tmux.wait(for: "the picture at the new size") { screen in
      screen.count == 12 && screen[0].contains("step 3")
    }
    try tmux.resize(columns: 100, rows: 30)
    #expect(try await tmux.wait(for: "the picture as it was") { $0 == before } == before)
    try tmux.send(".")
    try await tmux.wait(forStep: 4)
    try tmux.send("q")
    try await tmux.wait(for: "$")
    try tmux.send("clear; echo status $?; stty -a\n")
    let modes = try await tmux.wait(for: "icanon")
    #expect(modes.contains { $0.contains("status 0") })
    #expect(modes.joined(separator: " ").contains(" echo "))
    #expect(tmux.format("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test(arguments: [SIGTSTP, SIGSTOP])
  func `the time that it is stopped from outside does not pass in the run`(
    signal: Int32
  ) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let tmux = try Tmux(running: nil, columns: 100, rows: 30)
    try await tmux.wait(for: "$")
    let program = try builtProduct("loopscope")
    try tmux.send("sh -c 'echo ID=$$.; exec \(program) demo order --speed 0.02'\n")
    try await tmux.glimpse(of: "the first picture") { $0[0].contains("running the loop") }
    let job = try run(["pgrep", "-P", tmux.format("#{pane_pid}")]).output
    kill(try #require(Int32(job.prefix { $0.isNumber })), signal)
    try await tmux.wait(for: "Stopped")
    // It is the stop that takes so long; nobody waits for anything to happen meanwhile.
    try tmux.send("clear; sleep 3; fg\n")
    // The first picture is the one from before the stop.
    var times: [Double] = []
    try await tmux.glimpse(of: "the next picture") { screen in
      guard screen[0].contains("running the loop"),
        !screen.contains(where: { $0.contains("sleep 3") }),
        let time = screen[0].firstMatch(of: /(\d+\.\d+)s/).flatMap({ Double($0.1) })
      else { return false }
      if times.last != time { times.append(time) }
      return times.count > 1
    }
    let shown = try #require(times.last)
    #expect(.seconds(shown * 50 + 3) < clock.now - start)
    try tmux.send("q")
    try await tmux.wait(for: "$")
  }
}

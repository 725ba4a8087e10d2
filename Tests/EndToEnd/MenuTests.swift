import Demos
import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct MenuTests {
  @Test func `the menu lists every demo, opens one paused, and comes back to it`() async throws {
    let tmux = try await open(columns: 120, rows: Demo.all.count + 14, until: "q quit")
    let menu = try tmux.screen()
    for demo in Demo.all {
      #expect(menu.contains { $0.contains("\(demo.name) ") && $0.contains(demo.lesson) })
    }
    #expect(menu.contains { $0.hasPrefix("▸ hello") })

    try await tmux.type(Keys.down + Keys.down, toSee: "▸ ensure-future")
    try await tmux.type(Keys.up, toSee: "▸ deferred")
    try await tmux.type("j", toSee: "▸ ensure-future")
    let run = try await tmux.type(Keys.enter, toSee: "❚❚ paused")
    #expect(run[0].hasPrefix(" ensure-future") && run[0].contains("step 0 "))

    let back = try await tmux.type(Keys.backspace, toSee: "▸ ensure-future")
    #expect(back[0].hasPrefix(" loopscope"))
    try await tmux.type(Keys.home, toSee: "▸ hello")
    #expect(try tmux.screen() == menu)
    try await tmux.quit()
  }

  @Test func `keys typed at once go on from the menu to the run and back`() async throws {
    let tmux = try await open(until: "▸ hello")
    try await tmux.type("jj" + Keys.enter + "..", toSee: "step 2 ")
    try await tmux.type("." + Keys.backspace + "k", toSee: "▸ deferred")
    try await tmux.quit()
  }

  @Test func `a click chooses a demo and a second one opens it`() async throws {
    let tmux = try await open(until: "q quit")
    let row = try #require(try tmux.screen().firstIndex { $0.contains("wait-ordered ") })
    try await tmux.type(Keys.click(column: 5, row: row), toSee: "▸ wait-ordered")
    let run = try await tmux.type(Keys.click(column: 5, row: row), toSee: "❚❚ paused")
    #expect(run[0].hasPrefix(" wait-ordered"))
    try await tmux.quit()
  }

  @Test func `a menu that has no room shows the chosen demo all the same`() async throws {
    let tmux = try await open(columns: 30, rows: 7, until: "▸ hello")
    for demo in Demo.all.dropFirst() {
      try await tmux.type(Keys.down, toSee: "▸ \(demo.name)")
    }
    try await tmux.quit(by: Keys.controlC, status: 130)
  }

  @Test func `on 80 columns and 24 rows the menu says how many demos there are`() async throws {
    let tmux = try await open(columns: 80, rows: 24, until: "▸ hello")
    let last = Demo.all.count
    #expect(try tmux.screen()[0].hasSuffix("demo 1 of \(last)"))
    #expect(!(try tmux.screen().contains { $0.contains(Demo.all[last - 1].name) }))
    let end = try await tmux.type(Keys.end, toSee: "▸ \(Demo.all[last - 1].name)")
    #expect(end[0].hasSuffix("demo \(last) of \(last)"))
    try await tmux.quit()
  }

  @Test func `the menu can be suspended and comes back at the new size`() async throws {
    let tmux = try Tmux(running: nil, columns: 100, rows: 30)
    try await tmux.wait(for: "$")
    try tmux.send("\(try builtProduct("loopscope"))\n")
    let menu = try await tmux.wait(for: "▸ hello")
    try tmux.send(Keys.controlZ)
    try await tmux.wait(for: "Stopped")
    try tmux.resize(columns: 60, rows: 20)
    try tmux.send("clear; fg\n")
    try await tmux.wait(for: "the menu of 20 rows") { $0.count == 20 && $0[19].contains("q quit") }
    try tmux.resize(columns: 100, rows: 30)
    #expect(try await tmux.wait(for: "the menu as it was") { $0 == menu } == menu)
    try tmux.send("q")
    try await tmux.wait(without: "▸ hello")
    #expect(tmux.format("#{alternate_on}") == "0")
  }
}

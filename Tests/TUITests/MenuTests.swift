import Demos
import TUI
import Testing

/// What the menu tells of the demos.
struct MenuTests {
  private func menu(columns: Int, rows: Int, selected name: String) -> Menu {
    Menu(
      size: Size(columns: columns, rows: rows),
      items: Demo.all.map {
        Menu.Item(name: $0.name, title: $0.title, lesson: $0.lesson, note: $0.note)
      }, selected: name)
  }

  /// The text of the screen as if it were one line.
  private func words(_ lines: some Collection<String>) -> String {
    lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
  }

  @Test(arguments: [(80, 24), (60, 15), (40, 13), (200, 60)])
  func `the lesson of the chosen demo is told whole`(columns: Int, rows: Int) {
    for demo in Demo.all {
      let lines = view(of: menu(columns: columns, rows: rows, selected: demo.name)).lines
      #expect(words(lines).contains(demo.lesson), "\(demo.name)")
      #expect(lines.contains { $0.hasPrefix("▸ \(demo.name) ") })
    }
  }

  @Test func `on 80 columns and 24 rows each note is told whole, and once`() {
    for demo in Demo.all {
      let lines = view(of: menu(columns: 80, rows: 24, selected: demo.name)).lines
      #expect(words(lines).ranges(of: demo.note).count == 1, "\(demo.name)")
    }
  }

  @Test(arguments: [(80, 24), (60, 15), (25, 9)])
  func `the top row says which one of the demos is chosen`(
    columns: Int, rows: Int
  ) {
    for (index, demo) in Demo.all.enumerated() {
      let menu = menu(columns: columns, rows: rows, selected: demo.name)
      let title = view(of: menu).lines[0]
      #expect(title.hasPrefix(" loopscope "))
      #expect(words([title]) == "loopscope demo \(index + 1) of \(Demo.all.count)")
    }
  }

  @Test func `a menu of few columns has its name and no place`() {
    let title = view(of: menu(columns: 23, rows: 9, selected: "hello")).lines[0]
    #expect(words([title]) == "loopscope")
  }

  @Test func `a lesson for which the list has room is not told twice`() throws {
    let demo = try #require(Demo.named("hello"))
    let lines = view(of: menu(columns: 120, rows: 40, selected: demo.name)).lines
    #expect(lines.filter { $0.contains(demo.lesson) }.count == 1)
  }
}

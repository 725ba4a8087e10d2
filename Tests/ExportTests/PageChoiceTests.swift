import Export
import Foundation
import Insight
import TUI
import Testing
import Trace
import TraceSamples

/// What the user chooses to see on a page: filter, markers, sorting; in a real browser, where one is
/// installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled)) struct PageChoiceTests {
  private let browser: Browser
  private let header = RunHeader(program: ["demo.py"], clock: .virtual, runtime: "x")

  init() throws { browser = try #require(Browser.installed) }

  private static let keys = ["s", "S", "d", "m", "[", "]", "c"]

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `the same keys and texts lead to the same lanes, title and message`(
    seed: UInt64
  ) async throws {
    let timeline = randomTimeline(seed: seed, events: 400)
    var random = SeededGenerator(seed: seed)
    let moves = [".", ",", ">", "5", "9", "2", "j", "Escape"]
    let filters = ["f:1", "f:WORK", "f:Task-3", "f:TASK-2", "f:nobody", "f:"]
    let acts = (0..<120).map { _ in
      let kind = [Self.keys, Self.keys, moves, filters].randomElement(using: &random) ?? []
      return kind.randomElement(using: &random) ?? "."
    }
    let seen = try await perform(acts, on: timeline)
    var model = model(of: timeline)
    #expect(seen.count == acts.count)
    for (act, seen) in zip(acts, seen) {
      act.hasPrefix("f:") ? filter(String(act.dropFirst(2)), in: &model) : press(act, in: &model)
      #expect(seen == told(by: model, after: act), "\(act) at \(model.cursor)")
    }
  }

  @Test func `the name that a task has been given stands beside its lane's, from then on`()
    async throws
  {
    var script = Script()
    for name in ["mailer", "work", "Task-3", "a\n<b>"] {
      let task = script.task(script.lane("work()"), named: name)
      script.add(.taskRenamed(task.future, name: script.text("new \(name)"), by: .none))
    }
    let acts = ["."] + Array(repeating: ",", count: 9) + ["f:MAIL", "End", "f:new mail"]
    let seen = try await perform(acts, on: script.timeline)
    var model = model(of: script.timeline)
    for (act, seen) in zip(acts, seen) {
      act.hasPrefix("f:") ? filter(String(act.dropFirst(2)), in: &model) : press(act, in: &model)
      #expect(seen == told(by: model, after: act), "\(act) at \(model.cursor)")
    }
    #expect(seen.last?.hasSuffix("\n▸work() new mailer") == true)
  }

  @Test func `names are sorted as the screen sorts them`() async throws {
    var script = Script()
    for name in ["b", "a#2", "a", "Z", "é", "e\u{301}", "\u{1F600}", "\u{FF21}", "a", "a"] {
      script.start(script.lane(name))
    }
    let seen = try await perform(["End", "s"], on: script.timeline)
    var model = model(of: script.timeline)
    for act in ["End", "s"] { press(act, in: &model) }
    #expect(seen.last == told(by: model, after: "s"))
  }

  @Test func `Escape makes the filter what it was before`() async throws {
    let page = try await browser.open(
      export(header, randomTimeline(seed: 1), as: .html),
      script: """
        (async () => {
          const drawn = () => new Promise(done => setTimeout(done));
          const press = async (target, key) => {
            target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            await drawn();
          };
          const type = async text => {
            await press(document, "f");
            document.activeElement.value = text;
            document.activeElement.dispatchEvent(new Event("input"));
            await drawn();
          };
          await press(document, "End");
          await type("kept");
          byID("filtering").requestSubmit();
          await type("given up");
          const seen = [byID("lanes-title").textContent];
          await press(document.activeElement, "Escape");
          seen.push(byID("lanes-title").textContent, document.activeElement.id);
          byID("filtering").querySelector("button").click();
          await drawn();
          seen.push(byID("filter").value === "" ? "cleared" : byID("filter").value);
          const list = document.createElement("pre");
          list.id = "seen";
          list.textContent = seen.join("\\n");
          document.body.append(list);
        })();
        """)
    #expect(page.complaints == [])
    #expect(
      page.text(of: "seen") == """
        lanes 0 with 'given up'
        lanes 0 with 'kept'
        tree
        cleared
        """)
  }

  // MARK: The page

  /// Presses keys and types filters, and says after each what the page shows.
  private func perform(_ acts: [String], on timeline: Timeline) async throws -> [String] {
    let list = acts.map { "\"\($0)\"" }.joined(separator: ", ")
    let page = try await browser.open(
      export(header, timeline, as: .html),
      script: """
        (async () => {
          byID("tree").style.cssText = "position: fixed; top: 0; height: 1590px; width: 100%";
          const seen = [];
          for (const act of [\(list)]) {
            if (act.startsWith("f:")) {
              byID("filter").value = act.slice(2);
              byID("filter").dispatchEvent(new Event("input"));
            } else {
              document.dispatchEvent(new KeyboardEvent("keydown", { key: act }));
            }
            await new Promise(done => setTimeout(done));
            const rows = [...document.querySelectorAll("#tree .row")].filter(row => !row.hidden);
            const names = rows.map(row => {
              const mark = row.getAttribute("aria-selected") === "true" ? "▸" : "";
              return mark + row.querySelector(".name").textContent
                + row.querySelector(".given").textContent;
            });
            const isTold = \(Self.keys).includes(act) && byID("message").className === "told";
            const message = isTold ? byID("message").textContent : "";
            seen.push([byID("lanes-title").textContent, message, ...names].join("\\n"));
          }
          const list = document.createElement("pre");
          list.id = "seen";
          list.textContent = JSON.stringify(seen);
          document.body.append(list);
        })();
        """)
    #expect(page.complaints == [])
    return try JSONDecoder().decode([String].self, from: Data((page.text(of: "seen") ?? "").utf8))
  }

  // MARK: The screen

  private func model(of timeline: Timeline) -> Model {
    var model = Model(
      size: Size(columns: 300, rows: 300), header: header, isLive: false, panes: [])
    model.load(timeline)
    return model
  }

  private func press(_ key: String, in model: inout Model) {
    let code: Key.Code =
      switch key {
      case "Escape": .escape
      case "End": .end
      default: .character(key.first ?? " ")
      }
    _ = model.update(.key(Key(code)))
  }

  private func filter(_ text: String, in model: inout Model) {
    press("c", in: &model)
    press("f", in: &model)
    for letter in text { press(String(letter), in: &model) }
    _ = model.update(.key(Key(.enter)))
  }

  /// The title and the rows of the lanes pane, and the message, if the act is one of those that tell
  /// the same on the page.
  private func told(by model: Model, after act: String) -> String {
    let line = view(of: model).lines[1]
    // What stands behind `!` is the number of findings, which the page has in their pane.
    let title = (line.split(separator: "─").first ?? "").split(separator: " ! ").first ?? ""
    let names = model.lanes.rows.prefix(70).map { row in
      let given = model.timeline.givenName(of: row.lane, at: model.cursor).map { " \($0)" } ?? ""
      return (row.lane == model.selected ? "▸" : "")
        + plain(model.timeline.label(of: row.lane) + given)
    }
    let isSaid = Self.keys.contains(act)
    let message = isSaid ? model.message ?? "" : ""
    return ([title.trimmingCharacters(in: .whitespaces), message] + names).joined(separator: "\n")
  }
}

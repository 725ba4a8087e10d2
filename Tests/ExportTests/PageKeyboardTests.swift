import Export
import Foundation
import Insight
import TUI
import Testing
import Trace
import TraceSamples

/// A page without a mouse, in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled)) struct PageKeyboardTests {
  private let browser: Browser

  init() throws { browser = try #require(Browser.installed) }

  @Test func `l opens the loop and closes it`() async throws {
    let wide = try await seen(
      width: 1800,
      """
      const state = () => `${byID("loop").offsetHeight > 0} ${document.activeElement.id}`;
      say(state());
      await press("l");
      say(state());
      await press("l");
      say(state());
      """)
    #expect(wide == ["true ", "false tree", "true loop-list"])
  }

  @Test func `on a narrow screen l shows the loop in the place of the other panes`() async throws {
    let narrow = try await seen(
      width: 700,
      """
      const state = () => ["loop", "why", "events"]
        .filter(id => getComputedStyle(byID(id)).visibility === "visible").join();
      say(state());
      for (const key of ["l", "l", "e", "l"]) {
        await press(key);
        say(state());
      }
      """)
    #expect(narrow == ["why", "loop", "why", "events", "loop"])
  }

  @Test func `what a click leads to, Enter does`() async throws {
    let places = try await seen(
      """
      await press("5");
      const link = [...byID("reasons").querySelectorAll("[role=link]")]
        .find(link => link.dataset.cursor && link.tabIndex === 0);
      const target = Number(link.dataset.cursor);
      link.focus();
      await press("Enter", link);
      say(byID("event").textContent.startsWith(`event ${target} of`));
      say(document.activeElement.id);
      """)
    #expect(places == ["true", "reasons"])
  }

  @Test func `P opens the path, whose parts lead to their moments`() async throws {
    let timeline = randomTimeline(seed: 2)
    let seen = try await seen(
      """
      await press("P");
      say(byID("path").open);
      say(byID("path-list").querySelector("p").textContent);
      await press("5");
      say(byID("path").open);
      const link = byID("path-list").querySelector("[role=link]");
      const target = Number(link.dataset.cursor);
      await press("Enter", link);
      say(byID("path").open);
      say(byID("event").textContent.startsWith(`event ${target} of`));
      for (const key of ["P", "P", "?", "?"]) await press(key);
      say(document.querySelector("dialog[open]") === null);
      """)
    let end = timeline.events.count
    let main = try #require(timeline.mainLane(at: end))
    let path = try #require(timeline.criticalPath(of: main, at: end))
    let headline = PathReport(path, at: end, in: timeline, limit: 20).headline
    #expect(seen == ["true", "\(headline).", "true", "false", "true", "true"])
  }

  @Test func `a search goes on from the other end and says so, and chooses the lane searched for`()
    async throws
  {
    let timeline = randomTimeline(seed: 2)
    let ran = timeline.events.last { $0.fact.lane != nil }?.fact.lane
    let lane = try #require(timeline.laneIDs().dropFirst().first { $0 != ran })
    let seen = try await seen(
      """
      const search = async text => {
        byID("text").value = text;
        byID("search").dispatchEvent(new Event("submit", { cancelable: true }));
        await new Promise(done => setTimeout(done));
      };
      const tell = () => {
        say(byID("event").textContent.match(/\\d+/)[0]);
        say(byID("message").className === "told" ? byID("message").textContent : "nothing");
      };
      await press("End");
      await search("TASK CREATED");
      tell();
      for (const key of ["n", "N", "N"]) {
        await press(key);
        tell();
      }
      await search("run ended");
      await search("run ended");
      tell();
      await search("no such thing");
      tell();
      const isChosen = () => document.querySelector("[aria-selected=true]").textContent
        .includes("\(timeline.label(of: lane))");
      say(isChosen());
      await search("\(timeline.label(of: lane))");
      await press("End");
      say(isChosen());
      """)
    let made = timeline.events.indices.filter {
      FactWord(timeline.events[$0].fact).word == "task created"
    }
    let (first, second) = (made[0] + 1, made[1] + 1)
    let (final, end) = (made[made.count - 1] + 1, timeline.events.count)
    #expect(
      seen == [
        "\(first)", "Searched on from the start.", "\(second)", "nothing", "\(first)", "nothing",
        "\(final)", "Searched on from the end.",
        "\(end)", "'run ended' is nowhere else in what is known of the run.",
        "\(end)", "'no such thing' is nowhere in what is known of the run.", "false", "true",
      ])
  }

  @Test func `keys of the browser are left to it, but for brackets typed with Alt`() async throws {
    let messages = try await seen(
      """
      const chord = async (key, modifiers) => {
        document.dispatchEvent(new KeyboardEvent("keydown", { key, ...modifiers }));
        await new Promise(done => setTimeout(done));
        say(byID("message").className === "told" ? byID("message").textContent : "nothing");
      };
      await chord("d", { ctrlKey: true });
      await chord("[", { metaKey: true });
      await chord("[", { ctrlKey: true });
      await chord("s", { altKey: true });
      await chord("[", { altKey: true });
      await chord("[", { ctrlKey: true, altKey: true });
      """)
    let nothing = Array(repeating: "nothing", count: 4)
    #expect(messages == nothing + ["No marker before this.", "No marker before this."])
  }

  @Test func `a list that scrolls before what has changed is drawn stands`() async throws {
    let titles = try await seen(
      """
      const scroll = () => byID("tree").dispatchEvent(new Event("scroll"));
      const actAndScroll = async act => {
        act();
        scroll();
        await new Promise(done => setTimeout(done));
        await new Promise(done => setTimeout(done));
        say(byID("lanes-title").textContent);
      };
      const key = key => document.dispatchEvent(new KeyboardEvent("keydown", { key }));
      await press("End");
      await actAndScroll(() => key("Home"));
      await press("End");
      await actAndScroll(() => {
        byID("filter").value = "nobody";
        byID("filter").dispatchEvent(new Event("input"));
      });
      """)
    #expect(titles == ["lanes 1", "lanes 0 with 'nobody'"])
  }

  @Test func `all that takes the focus has a name`() async throws {
    let nameless = try await seen(
      """
      for (const element of document.querySelectorAll("button, input, [tabindex]")) {
        const title = element.getAttribute("aria-labelledby");
        const name = element.getAttribute("aria-label") || title && byID(title).textContent
          || element.textContent;
        if (!/[a-z?]/.test(name) || element.tabIndex < 0) say(element.outerHTML);
      }
      say("all");
      """)
    #expect(nameless == ["all"])
  }

  @Test func `every key of a button is in the help`() async throws {
    let missing = try await seen(
      """
      const keys = [...document.querySelectorAll("#help td:first-child")]
        .flatMap(cell => cell.textContent.replace("space", " space").split(/\\s/));
      for (const button of document.querySelectorAll("[data-key]")) {
        const key = button.dataset.key === " " ? "space" : button.dataset.key;
        if (!keys.includes(key)) say(key);
      }
      say(keys.length > 20);
      """)
    #expect(missing == ["true"])
  }

  /// What a script says that can press keys.
  private func seen(width: Int = 1800, _ script: String) async throws -> [String] {
    let page = try await browser.open(
      export(randomTimeline(seed: 2), as: .html), width: width,
      script: """
        (async () => {
          const list = document.createElement("pre");
          list.id = "seen";
          document.body.append(list);
          const say = text => { list.textContent += `${text}\\n`; };
          const press = async (key, target = document) => {
            target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            await new Promise(done => setTimeout(done));
          };
          await new Promise(done => setTimeout(done));
          \(script)
        })();
        """)
    #expect(page.complaints == [])
    return (page.text(of: "seen") ?? "").split(separator: "\n").map(String.init)
  }
}

import Foundation
import TmuxSupport

/// A browser without a window, if one is installed: it opens a page, and says what became of it.
struct Browser: Sendable {
  let path: String

  /// Chromium under its several names: it can print what a page has become.
  static let installed: Browser? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    let paths =
      names.flatMap { name in folders.map { "\($0)/\(name)" } } + [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ]
    return paths.first { FileManager.default.isExecutableFile(atPath: $0) }.map(Browser.init)
  }()

  /// Whether there is one; says what is skipped where there is not.
  static var isInstalled: Bool {
    if installed == nil { print("No Chromium is installed: pages are not opened in a browser.") }
    return installed != nil
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Opens a page at a moment and waits for the browser to end, which it does by itself. Frames come
  /// as timers do: without a window there may be none.
  ///
  /// - Parameters:
  ///   - width: of the window, in pixels.
  ///   - script: runs in the page after its own; its timers are waited for.
  func open(
    _ page: String, at address: String = "", width: Int = 1800, script: String = ""
  ) async throws -> OpenPage {
    let folder = NSTemporaryDirectory() + "loopscope-page-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/run.html"
    let frames = "window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()));"
    let text =
      page
      .replacing("<title>", with: "<script>\(frames)</script><title>", maxReplacements: 1)
      .replacing("</body>", with: "<script>\(script)</script></body>", maxReplacements: 1)
    try Data(text.utf8).write(to: URL(filePath: file))
    let answer = try await runAside([
      path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--no-first-run", "--disable-extensions", "--user-data-dir=\(folder)/profile",
      "--window-size=\(width),1600", "--enable-logging=stderr", "--timeout=60000",
      "--virtual-time-budget=60000", "--dump-dom", "file://\(file)\(address)",
    ])
    guard answer.status == 0, let start = answer.output.firstRange(of: "<!DOCTYPE html>") else {
      throw Failure(
        description: "the browser ended with \(answer.status): \(answer.output.suffix(2000))")
    }
    // The console's lines may stand before the page or after it.
    let dom = answer.output[start.lowerBound...]
    let complaints = answer.output.split(separator: "\n").filter { $0.contains(":CONSOLE") }
    return OpenPage(dom: String(dom), complaints: complaints.map(String.init))
  }
}

/// What a browser made of a page.
struct OpenPage {
  let dom: String
  /// What it wrote to its console: errors, and what its policy forbade.
  let complaints: [String]

  /// The text of an element that has no others in it.
  func text(of id: String) -> String? {
    guard let open = dom.firstRange(of: "id=\"\(id)\""),
      let start = dom[open.upperBound...].firstIndex(of: ">"),
      let end = dom[start...].firstRange(of: "</")
    else { return nil }
    return Self.text(dom[dom.index(after: start)..<end.lowerBound])
  }

  /// The lanes that are seen, from the top: the name with the lines that lead to it, and the state.
  var lanes: [(name: String, state: String)] {
    dom.split(separator: "<div class=\"row").compactMap { row in
      guard let lane = row.firstMatch(of: /role="treeitem"([^>]*)>/), !lane.1.contains("hidden"),
        let branch = row.firstMatch(of: /<span class="branch"[^>]*>([^<]*)</),
        let name = row.firstMatch(of: /<span class="name"[^>]*>([^<]*)</),
        let state = row.firstMatch(of: /<span class="state[^>]*>([^<]*)</)
      else { return nil }
      return (Self.text(branch.1) + Self.text(name.1), Self.text(state.1))
    }
  }

  private static func text(_ markup: Substring) -> String {
    String(markup).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&nbsp;", with: "\u{A0}").replacing("&amp;", with: "&")
  }
}

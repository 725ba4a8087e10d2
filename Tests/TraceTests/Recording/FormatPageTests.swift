import Foundation
import Testing
import Trace

/// Holds `docs/recording-format.md` to what it says.
@Suite struct FormatPageTests {
  private let page: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    page = try String(contentsOf: root.appending(path: "docs/recording-format.md"), encoding: .utf8)
  }

  private func block(_ language: String, containing text: String) throws -> String {
    let blocks = page.components(separatedBy: "\n```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
    return try #require(blocks.first { $0.contains(text) }) + "\n"
  }

  @Test func `the example is a recording that ends well`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(block("jsonl", containing: "loopscope"))
    let contents = try Contents(of: path)
    #expect(contents.end == .complete)
    #expect(contents.notices.isEmpty)
    #expect(contents.texts.count == 7)
    var timeline = Timeline()
    timeline.append(Batch(texts: contents.texts, events: contents.events))
    #expect(timeline.contradictionCount == 0)
    #expect(contents.events.last == Event(time: 1_000_000_000, fact: .runEnded(exception: .empty)))
  }

  @Test func `the example is what a writer makes of its facts, byte for byte`() throws {
    let scratch = try Scratch()
    let text = try block("jsonl", containing: "loopscope")
    let path = try scratch.write(text, to: "example.jsonl")
    let contents = try Contents(of: path)
    try RecordingWriter.write(
      header: RecordingReader(path: path).header, texts: contents.texts, events: contents.events,
      to: scratch.file("written.jsonl"))
    #expect(String(decoding: try scratch.bytes("written.jsonl"), as: UTF8.self) == text)
  }

  @Test func `a line for several events says what the lines after it do`() throws {
    let scratch = try Scratch()
    let lines = try block("jsonl", containing: "[\"hy\"").split(separator: "\n")
    func events(_ lines: some Sequence<Substring>) throws -> [Event] {
      try Contents(of: scratch.write(headerLine + lines.joined(separator: "\n") + "\n")).events
    }
    #expect(try events(lines.prefix(1)) == (try events(lines.dropFirst())))
    #expect(lines.count == 6)
    for kind in ["hy", "hz", "th", "tl", "tw", "te", "hd", "hr", "hw", "ha", "hx", "cb", "pb"] {
      #expect(page.contains("\n| `\(kind)` | "))
    }
  }

  @Test func `every kind that a writer writes is in a table`() throws {
    let scratch = try Scratch()
    var run = RandomFacts(seed: 1)
    let batch = run.batch(4000)
    try RecordingWriter.write(
      header: plainHeader, texts: batch.texts, events: batch.events, to: scratch.file("a.jsonl"))
    let lines = String(decoding: try scratch.bytes("a.jsonl"), as: UTF8.self).split(separator: "\n")
    let kinds = Set(lines.dropFirst().map { $0.dropFirst(2).prefix { $0 != "\"" } })
    #expect(kinds.count == RandomFacts.kindCount + 1)
    for kind in kinds where kind != "s" {
      #expect(page.contains("\n| `\(kind)` | "), "\(kind)")
    }
    for kind in Wait.Kind.allCases {
      let line = try #require(
        lines.first { $0.hasPrefix("[\"cw\"") && $0.contains("\"\(kind.inFile)\"") }, "\(kind)")
      #expect(page.contains("`\(kind.inFile)`"), "\(line)")
    }
  }

  @Test func `the recorder in Python writes a recording`() throws {
    let scratch = try Scratch()
    let script = try scratch.write(block("python", containing: "class Recording"), to: "r.py")
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", script]
    python.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
    try python.run()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
    let contents = try Contents(of: scratch.file("run.jsonl"))
    #expect(contents.end == .complete)
    #expect(contents.texts == ["meow", "cats.py", "Task-1"])
    #expect(
      contents.events.map(\.fact) == [
        .coroutineCreated(
          LaneID(1), name: TextID(1), parent: .none, at: Site(file: TextID(2), line: 3)),
        .taskCreated(FutureID(1), LaneID(1), name: TextID(3), by: .none),
        .handleScheduled(
          HandleID(1), Callback(.step, FutureID(1)), cause: Cause(.taskCreated)),
      ])
  }
}

extension Wait.Kind {
  fileprivate var inFile: String {
    switch self {
    case .queueGet: "queue_get"
    case .queuePut: "queue_put"
    case .queueJoin: "queue_join"
    default: "\(self)"
    }
  }
}

import Export
import Foundation
import GoldenSupport
import Testing
import Trace
import TraceSamples

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The picture of all lanes, as SVG.
@Suite struct PictureTests {
  @Test func `what CPython did with an example of the post`() throws {
    let run = try postRecording(of: "never-awaited")
    expectGolden(try export(run.header, run.timeline, as: .svg), named: "never-awaited.svg")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a lane has a row, and its states follow one another from left to right`(
    seed: UInt64
  ) throws {
    let timeline = randomTimeline(seed: seed)
    let picture = try Drawing(try export(timeline, as: .svg))
    #expect(picture.rows.count == timeline.laneCount)
    let names = picture.rows.map { $0.texts.first ?? "" }.sorted()
    let labels = timeline.laneIDs().map(timeline.label(of:))
    #expect(names == labels.sorted())
    for row in picture.rows {
      for (shape, next) in zip(row.shapes, row.shapes.dropFirst()) {
        #expect(shape.left <= next.left && shape.right <= next.left + 1, "seed \(seed)")
      }
    }
  }

  @Test func `a step is drawn however short it was, and many are drawn as few`() throws {
    var script = Script()
    let lane = script.lane("main()")
    let task = script.task(lane)
    script.step(task.firstStep) {
      $0.start(lane)
      $0.suspend(lane, .yield)
    }
    for _ in 0..<20_000 {
      let next = script.schedule(Callback(.step, task.future), Cause(.yielded, .none))
      script.step(next) {
        $0.resume(lane)
        $0.suspend(lane, .yield)
      }
    }
    let text = try export(script.timeline, as: .svg)
    #expect(text.utf8.count < 200_000)
    let row = try #require(try Drawing(text).rows.first)
    #expect(row.shapes.contains { $0.state == "running" })
  }

  @Test func `no name can add to the picture`() throws {
    var script = Script()
    let hostile = "\u{1B}[m\u{202E}\u{FFFE}&\"</text><script>a()</script>"
    let lane = script.lane(hostile)
    script.start(lane)
    script.add(.coroutineRaised(lane, exception: script.text(hostile)))
    let picture = try Drawing(try export(script.timeline, as: .svg))
    #expect(!picture.elements.contains("script"))
    let name = try #require(picture.rows.first?.texts.first)
    #expect(name.hasPrefix("\\x1b[m\\u{202e}") && name.contains("&\"</text>"), "\(name)")
    let header = RunHeader(program: [hostile], clock: .real, runtime: hostile)
    _ = try Drawing(try export(header, script.timeline, as: .svg))
  }

  @Test func `of more than a thousand lanes the rest is counted`() throws {
    var script = Script()
    for number in 1...1_234 { _ = script.lane("lane \(number)") }
    let text = try export(script.timeline, as: .svg)
    #expect(text.contains("… and 234 more lanes"))
    #expect(try Drawing(text).rows.count == 1_000)
  }

  @Test func `a run of nothing is a picture too`() throws {
    #expect(try Drawing(try export(Timeline(), as: .svg)).rows.isEmpty)
  }
}

/// What an SVG file draws, read by a parser of XML.
private final class Drawing: NSObject, XMLParserDelegate {
  struct Shape {
    var state: String
    var left: Double
    var right: Double
  }

  struct Row {
    var texts: [String] = []
    var shapes: [Shape] = []
  }

  private(set) var rows: [Row] = []
  private(set) var elements: Set<String> = []
  private var isInRow = false
  private var text: String?

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.insert(name)
    switch name {
    case "g":
      isInRow = true
      rows.append(Row())
    case "text": text = ""
    case "rect" where isInRow:
      let left = Double(attributes["x"] ?? "") ?? -1
      let width = Double(attributes["width"] ?? "") ?? -1
      add(Shape(state: attributes["class"] ?? "", left: left, right: left + width))
    case "path" where isInRow:
      let numbers = (attributes["d"] ?? "").split { "Mh ".contains($0) }.compactMap { Double($0) }
      guard numbers.count == 3 else { return }
      let right = numbers[0] + numbers[2]
      add(Shape(state: attributes["class"] ?? "", left: numbers[0], right: right))
    default: break
    }
  }

  private func add(_ shape: Shape) { rows[rows.count - 1].shapes.append(shape) }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    text? += characters
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "g" { isInRow = false }
    if name == "text", let text {
      if isInRow { rows[rows.count - 1].texts.append(text) }
      self.text = nil
    }
  }
}

import Export
import Foundation
import TUI
import Testing
import Trace
import TraceSamples

/// The film of the screen.
@Suite struct AsciicastTests {
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `its last picture is the end of the run, its times rise`(seed: UInt64) throws {
    let timeline = randomTimeline(seed: seed)
    let film = try Film(timeline, speed: 4)
    #expect(film.width == 90 && film.height == 24)
    #expect(zip(film.times, film.times.dropFirst()).allSatisfy { $0 <= $1 })
    var model = Model(
      size: Size(columns: 90, rows: 24), header: Film.header, isLive: false)
    model.load(timeline)
    model.show(timeline.events.count)
    model.setSpeed(4)
    // The first and the last row tell that it has been played, and how fast.
    let expected = view(of: model).lines.dropFirst().dropLast()
    #expect(Array(film.screen.dropFirst().dropLast()) == Array(expected), "seed \(seed)")
  }

  @Test func `a second of the run is a second of the film, or half of one`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.start(lane)
    script.time = .ms(4_000)
    script.return(lane)
    // The last picture stays for two seconds.
    #expect(try Film(script.timeline, speed: 1).times.last == 6)
    #expect(try Film(script.timeline, speed: 2).times.last == 4)
  }

  @Test func `a picture that shows nothing new is left out`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.start(lane)
    script.return(lane)
    #expect(try Film(script.timeline, speed: 1).times.count <= 3)
  }

  @Test func `a film that takes hours is refused, with what makes it shorter`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.start(lane)
    script.time = .ms(5_400_000)
    script.return(lane)
    let error = try #require(throws: ExportError.self) { _ = try Film(script.timeline, speed: 1) }
    #expect(
      error.description.contains("the run takes 1:30:00.000. A higher --speed"))
    #expect(try Film(script.timeline, speed: 64).times.last ?? 0 < 90)
  }

  @Test func `wide glyphs keep their columns`() throws {
    var script = Script()
    let lane = script.lane("读(\"文件\")")
    script.start(lane)
    script.print("日本語\n", by: lane)
    script.time = .ms(100)
    script.return(lane)
    let screen = try Film(script.timeline, speed: 1).screen
    #expect(screen.contains { $0.contains("读(\"文件\")") })
    #expect(screen.contains { $0.contains("日本語") })
  }
}

/// What a terminal shows at the end of a film.
private struct Film {
  private struct Header: Decodable {
    var version: Int
    var width: Int
    var height: Int
  }

  static let header = RunHeader(program: ["demo.py"], clock: .real, runtime: "CPython 3.13.0")

  let width: Int
  let height: Int
  private(set) var times: [Double] = []
  private(set) var cells: [[String]]

  /// The rows without trailing blanks.
  var screen: [String] {
    cells.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  init(_ timeline: Timeline, speed: Double) throws {
    var text = ""
    var pieces = TextPieces { text += $0 }
    var exporter = Exporter(header: Self.header, timeline: timeline)
    exporter.size = Size(columns: 90, rows: 24)
    exporter.speed = speed
    try exporter.write(.asciicast, to: &pieces)
    let lines = text.split(separator: "\n").map { Data($0.utf8) }
    let header = try JSONDecoder().decode(Header.self, from: lines[0])
    #expect(header.version == 2)
    width = header.width
    height = header.height
    cells = [[String]](repeating: [String](repeating: " ", count: width), count: height)
    for line in lines.dropFirst() {
      let parts = try #require(try JSONSerialization.jsonObject(with: line) as? [Any])
      times.append(try #require(parts[0] as? Double))
      #expect(parts[1] as? String == "o")
      show(try #require(parts[2] as? String))
    }
  }

  /// Cursor positions and text; what only colours is passed over.
  private mutating func show(_ text: String) {
    var x = 0
    var y = 0
    var rest = text[...]
    while let scalar = rest.unicodeScalars.first {
      if scalar == "\u{1B}", let end = rest.firstIndex(where: { $0.isLetter }) {
        let codes = rest[..<end].dropFirst(2).split(separator: ";").compactMap { Int($0) }
        if rest[end] == "H" { (y, x) = (codes[0] - 1, codes[1] - 1) }
        rest = rest[rest.index(after: end)...]
        continue
      }
      let glyph = String(rest.removeFirst())
      let width = columns(of: glyph)
      guard y < height, x + width <= self.width else { continue }
      cells[y][x] = glyph
      if width == 2 { cells[y][x + 1] = "" }
      x += width
    }
  }
}

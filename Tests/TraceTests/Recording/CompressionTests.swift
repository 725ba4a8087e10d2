import Foundation
import Testing
import Trace

@Suite struct CompressionTests {
  private func compressed(_ scratch: Scratch, ticks: UInt32 = 2000) throws -> [UInt8] {
    try RecordingWriter.write(
      header: plainHeader, texts: [],
      events: (1...ticks).map { Event(time: Int64($0), fact: .tickBegan($0)) },
      to: scratch.file("whole.jsonl.gz"))
    return try scratch.bytes("whole.jsonl.gz")
  }

  @Test func `the content tells that it is compressed, not the name`() throws {
    let scratch = try Scratch()
    let bytes = try compressed(scratch)
    #expect(bytes.prefix(2) == [0x1F, 0x8B])
    #expect(try Contents(of: scratch.write(bytes, to: "run.txt")).events.count == 2000)
  }

  @Test func `the same run makes the same bytes`() throws {
    let scratch = try Scratch()
    #expect(try compressed(scratch) == compressed(scratch))
  }

  @Test func `several compressed parts after each other are one recording`() throws {
    let scratch = try Scratch()
    let first = try compressed(scratch)
    // A header in the middle is not a line of events.
    let contents = try Contents(of: scratch.write(first + first))
    #expect(contents.events.count == 2000)
    #expect(contents.end == .damaged(line: 2002, why: "it is not an array"))
  }

  @Test func `a compressed recording cut anywhere plays up to there`() throws {
    let scratch = try Scratch()
    let bytes = try compressed(scratch)
    var played = 0
    for length in stride(from: 40, to: bytes.count, by: 7) {
      let path = try scratch.write(bytes[..<length])
      guard let contents = try? Contents(of: path) else {
        #expect(played == 0)
        continue
      }
      #expect(contents.events.count >= played)
      played = contents.events.count
      guard case .torn = contents.end else {
        Issue.record("cut at \(length): \(String(describing: contents.end))")
        return
      }
    }
    #expect(played > 1900)
  }

  @Test func `corrupt data stops the reading there`() throws {
    let scratch = try Scratch()
    var bytes = try compressed(scratch)
    let middle = bytes.count / 2
    for index in middle..<middle + 40 { bytes[index] = 0xAA }
    let contents = try Contents(of: scratch.write(bytes))
    #expect(contents.events.count < 2000)
    guard case .damaged = contents.end else {
      Issue.record("\(String(describing: contents.end))")
      return
    }
  }

  @Test func `a bomb is refused before it fills the memory`() throws {
    let scratch = try Scratch()
    let blanks = String(repeating: String(repeating: " ", count: 1 << 20) + "\n", count: 80)
    let text = "\(headerLine)[\"lt\",0,1]\n\(blanks)[\"lt\",0,2]\n"
    let path = try scratch.write(text, to: "bomb.jsonl")
    #expect(try Contents(of: path).events.count == 2)
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", path]
    try gzip.run()
    gzip.waitUntilExit()
    let contents = try Contents(of: path + ".gz")
    #expect(contents.events.count == 1)
    guard case .damaged(_, "the compressed data expands beyond all measure there") = contents.end
    else {
      Issue.record("\(String(describing: contents.end))")
      return
    }
  }
}

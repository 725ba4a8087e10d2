import Testing
import Trace
import TraceSamples

/// Broken recordings of all sorts. That the reader comes back at all is most of what they test.
@Suite struct MutationTests {
  private func recording(_ scratch: Scratch, seed: UInt64, name: String) throws -> [UInt8] {
    var run = RandomFacts(seed: seed)
    let batches = (0..<12).map { _ in run.batch(8) }
    try RecordingWriter.write(
      header: RunHeader(
        program: ["cats"], clock: .real, runtime: "r", seed: 1,
        sources: [.init(name: "a.py", text: "x\n")]),
      texts: batches.flatMap(\.texts), events: batches.flatMap(\.events),
      to: scratch.file(name))
    return try scratch.bytes(name)
  }

  /// Reads it, and checks what holds for every recording whatever is in it.
  private func expectSane(_ path: String, byteCount: Int) {
    guard let reader = try? RecordingReader(path: path) else { return }
    var time: Int64 = 0
    var eventCount = 0
    var textCount = 0
    while let batch = reader.next(maxEvents: 64) {
      eventCount += batch.events.count
      textCount += batch.texts.count
      for event in batch.events {
        if event.time < time || event.time > RecordingFormat.latestTime {
          Issue.record("the time goes from \(time) to \(event.time)")
        }
        time = event.time
      }
    }
    if reader.end == nil || eventCount * 8 > byteCount
      || textCount > (1 << 20) + 1024 + 2 * byteCount
    {
      Issue.record("\(eventCount) events and \(textCount) texts in \(byteCount) bytes")
    }
    _ = reader.notices
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `no broken recording breaks the reader`(seed: UInt64) throws {
    let scratch = try Scratch()
    let whole = try recording(scratch, seed: seed, name: "whole.jsonl")
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes.mutate(using: &generator)
      }
      let path = try scratch.write(bytes)
      expectSane(path, byteCount: bytes.count)
    }
  }

  @Test func `no broken line for several events breaks the reader`() throws {
    let scratch = try Scratch()
    let lines = [
      "[\"s\",1,\"a\"]", "[\"tl\",7,1,1,0,1,1,8]", "[\"tw\",1,1]", "[\"hy\",7,1,1,9,2,1]",
      "[\"hz\",7,2,3]", "[\"tl\",7,2,1]", "[\"te\",2,1]", "[\"th\",7,4,2,1,1,4]",
      "[\"hr\",7,4,2,5,4]", "[\"hw\",7,5,2,9,\"io\",5,1]", "[\"hr\",7,6,5,7,4]",
      "[\"pb\",1,1]", "[\"po\",1,1,1]", "[\"ha\",1,7,6]", "[\"hd\",1,8]", "[\"hx\",7,11,1,9]",
      "[\"cb\",7,3,1,1,1,30,40]",
    ]
    let whole = Array((headerLine + lines.joined(separator: "\n") + "\n").utf8)
    #expect(try Contents(of: scratch.write(whole)).end == .complete)
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<2000 {
      var bytes = whole
      bytes.mutate(using: &generator)
      let path = try scratch.write(bytes)
      expectSane(path, byteCount: 64 * bytes.count)
    }
  }

  @Test func `no broken compressed recording breaks the reader`() throws {
    let scratch = try Scratch()
    let whole = try recording(scratch, seed: 5, name: "whole.jsonl.gz")
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      var bytes = whole
      bytes.mutate(using: &generator)
      let path = try scratch.write(bytes)
      expectSane(path, byteCount: 1 << 30)
    }
  }

  @Test func `a recording cut at any byte plays up to the last whole line`() throws {
    let scratch = try Scratch()
    let whole = try recording(scratch, seed: 6, name: "whole.jsonl")
    let all = try Contents(of: scratch.file("whole.jsonl"))
    let headerEnd = try #require(whole.firstIndex(of: 0x0A))
    for length in headerEnd...whole.count {
      let contents = try Contents(of: scratch.write(whole[..<length]))
      let lines = whole[..<length].count { $0 == 0x0A } - 1
      let endsInLine = length > headerEnd + 1 && whole[length - 1] != 0x0A
      // The newline alone may be missing.
      let isWhole = !endsInLine || length < whole.count && whole[length] == 0x0A
      let read = contents.texts.count + contents.events.count
      #expect(read == max(lines, 0) + (endsInLine && isWhole ? 1 : 0))
      #expect(contents.end == (isWhole ? .complete : .torn(line: Int64(lines) + 2)))
      #expect(contents.events[...] == all.events.prefix(contents.events.count))
    }
    for length in 0..<headerEnd {
      let path = try scratch.write(whole[..<length])
      #expect(throws: RecordingError.self) { try RecordingReader(path: path) }
    }
  }
}

extension [UInt8] {
  /// Does one of the things that happen to files, and some that only an enemy does.
  fileprivate mutating func mutate(using generator: inout SeededGenerator) {
    guard count > 8 else { return }
    let place = Int.random(in: 0..<count - 8, using: &generator)
    let length = Int.random(in: 1...8, using: &generator)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: self[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 1: self[place] = UInt8.random(in: 0...255, using: &generator)
    case 2: removeSubrange(place..<place + length)
    case 3: removeSubrange(place...)
    case 4: insert(contentsOf: self[place..<place + length], at: place)
    case 5:
      let other = Int.random(in: 0..<count - 8, using: &generator)
      replaceSubrange(place..<place + length, with: self[other..<other + length])
    case 6:
      let hostile = [
        "-9223372036854775808", "9223372036854775807", "4294967295", "4294967296", "-1", "0", "1e9",
        "999999999999999999", "[[[[", "]", "\"", "\\u", "\\ud800", "\n", "null", "[\"ld\",0,1",
        "999999999999999999999999999999", "[\"s\",1000,\"\"]\n", "\u{0}",
      ]
      let text = hostile[Int.random(in: 0..<hostile.count, using: &generator)]
      insert(contentsOf: text.utf8, at: place)
    default:
      // A number becomes longer.
      if let digit = self[place...].firstIndex(where: { (0x30...0x39).contains($0) }) {
        insert(contentsOf: repeatElement(0x39, count: length * 2), at: digit)
      }
    }
  }
}

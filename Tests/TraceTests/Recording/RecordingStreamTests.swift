import Testing
import Trace
import TraceSamples

/// A recording that comes in pieces is the same as one that lies in a file.
struct RecordingStreamTests {
  private func stream(_ bytes: [UInt8], inPiecesOf size: () -> Int) -> (RecordingStream, Batch) {
    var stream = RecordingStream(name: "a stream")
    var all = Batch()
    var rest = bytes[...]
    while !rest.isEmpty {
      rest.prefix(size()).withUnsafeBytes { stream.take($0) }
      rest = rest.dropFirst(size())
      let batch = stream.drain()
      all.texts += batch.texts
      all.events += batch.events
    }
    return (stream, all)
  }

  @Test(arguments: [1, 2, 7, 64, 1 << 20])
  func `it reads what the reader of files reads`(size: Int) throws {
    let scratch = try Scratch()
    var run = RandomFacts(seed: UInt64(size))
    let batch = run.batch(500)
    try RecordingWriter.write(
      header: plainHeader, texts: batch.texts, events: batch.events, to: scratch.file("a.jsonl"))
    let bytes = Array(try scratch.bytes("a.jsonl"))
    let (stream, read) = stream(bytes) { size }
    let contents = try Contents(of: scratch.file("a.jsonl"))
    #expect(stream.header == plainHeader)
    #expect(read.texts == contents.texts)
    #expect(read.events == contents.events)
    #expect(stream.damage == nil)
    #expect(!stream.isTorn)
    #expect(stream.time == contents.events.last?.time)
  }

  @Test func `the bytes of an output are those that were told before it, of its stream`() {
    var stream = RecordingStream(name: "a stream")
    func take(_ lines: String) {
      Array(lines.utf8).withUnsafeBytes { stream.take($0) }
    }
    take(headerLine + "[\"s\",1,\"a\"]\n[\"pb\",0,1]\n[\"pb\",0,1]\n[\"pb\",0,1,\"stderr\"]\n")
    _ = stream.drain()
    #expect(stream.bytesOfOutputs.isEmpty)
    take("[\"pb\",0,1,\"other\"]\n[\"po\",0,1,0,\"stderr\"]\n[\"po\",0,1]\n[\"po\",0,1]\n")
    #expect(stream.bytesOfOutputs == [0: [TextID(1)], 1: [TextID(1), TextID(1)]])
    #expect(stream.damage == nil)
    #expect(stream.drain().events.count == 3)
  }

  @Test(
    arguments: [
      ("", nil, false), ("{\"loop", nil, true), ("hello\n", "not a recording", false),
      ("\n", "not a recording", false), ("{\"loopscope\":9}\n", "format 9", false),
      ("{\"loopscope\":1}\n", "clock", false),
    ] as [(String, String?, Bool)])
  func `what begins wrong is no recording`(text: String, damage: String?, isTorn: Bool) {
    let (stream, _) = stream(Array(text.utf8)) { 3 }
    #expect(stream.header == nil)
    #expect(stream.isTorn == isTorn)
    if let damage {
      #expect(stream.damage?.contains(damage) == true)
    } else {
      #expect(stream.damage == nil)
    }
  }

  @Test func `nothing is read after a line that makes no sense`() {
    let text = """
      {"loopscope":1,"clock":"real","unit":"ns","program":[],"runtime":""}
      ["lt",5,1]

      ["zz",1,"a kind of the future"]
      ["lt","five",2]
      ["lt",1,3]
      ["lt",1
      """
    let (stream, batch) = stream(Array(text.utf8)) { 5 }
    #expect(batch.events == [Event(time: 5, fact: .tickBegan(1))])
    #expect(stream.skippedCount == 1)
    #expect(stream.line == 5)
    #expect(stream.damage == "an integer was expected")
    #expect(!stream.isTorn)
  }

  @Test func `any bytes at all are taken without a trap`() {
    var generator = SeededGenerator(seed: 5)
    let header = "{\"loopscope\":1,\"clock\":\"real\",\"program\":[],\"runtime\":\"\"}\n"
    let alphabet = Array("[]\",{}:0123456789-abcdefhlnoprstwx\n\\u ".utf8)
    for _ in 0..<300 {
      var bytes = Array(header.utf8)
      for _ in 0..<200 {
        bytes.append(alphabet[Int(generator.next() % UInt64(alphabet.count))])
      }
      _ = stream(bytes) { 17 }
    }
  }
}

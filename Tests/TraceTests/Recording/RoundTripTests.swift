import Testing
import Trace

@Suite struct RoundTripTests {
  @Test(arguments: ["run.jsonl", "run.jsonl.gz"], 1...8 as ClosedRange<UInt64>)
  func `what is written is read back`(name: String, seed: UInt64) throws {
    let scratch = try Scratch()
    var run = RandomFacts(seed: seed)
    let writer = try RecordingWriter(path: scratch.file(name), header: plainHeader)
    var texts: [String] = []
    var events: [Event] = []
    for size in [0, 1, 500, 0, 3000, 7] {
      let batch = run.batch(size)
      try writer.append(batch)
      texts += batch.texts
      events += batch.events
    }
    try writer.finish()
    #expect(writer.eventCount == events.count)
    for maxEvents in [1, 100, 1_000_000] {
      let contents = try Contents(of: scratch.file(name), maxEvents: maxEvents)
      #expect(contents.texts == texts)
      #expect(contents.events == events)
      #expect(contents.end == .complete)
      #expect(contents.notices.isEmpty)
    }
  }

  @Test func `the bytes depend on the events, not on the batches they came in`() throws {
    let scratch = try Scratch()
    var run = RandomFacts(seed: 3)
    let batches = (0..<20).map { _ in run.batch(50) }
    let writer = try RecordingWriter(path: scratch.file("pieces.jsonl"), header: plainHeader)
    for batch in batches { try writer.append(batch) }
    try writer.finish()
    try RecordingWriter.write(
      header: plainHeader, texts: batches.flatMap(\.texts), events: batches.flatMap(\.events),
      to: scratch.file("whole.jsonl"))
    #expect(try scratch.bytes("pieces.jsonl") == scratch.bytes("whole.jsonl"))
  }

  @Test func `a header is read back with its sources and the greatest seed`() throws {
    let scratch = try Scratch()
    let header = RunHeader(
      program: ["cats", "--naps", "3 \"long\" ones"], clock: .real,
      runtime: "loopscope 1.0 as CPython 3.13", seed: .max, chances: .max - 1, process: 4711,
      sources: [
        .init(name: "cats.py", text: "async def meow():\n\tprint('\u{1B}[31m猫')\n"),
        .init(name: "empty.py", text: ""),
      ])
    try RecordingWriter.write(header: header, texts: [], events: [], to: scratch.file("a.jsonl"))
    #expect(try RecordingReader(path: scratch.file("a.jsonl")).header == header)
  }

  @Test func `no limit of chances is written as none`() throws {
    let scratch = try Scratch()
    for (chances, written) in [(0, 0), (1, 1), (.max, nil), (nil, nil)] as [(Int?, Int?)] {
      let header = RunHeader(
        program: [], clock: .virtual, runtime: "r", seed: 1, chances: chances)
      try RecordingWriter.write(header: header, texts: [], events: [], to: scratch.file("a.jsonl"))
      #expect(try RecordingReader(path: scratch.file("a.jsonl")).header.chances == written)
    }
  }

  @Test func `times outside the range are brought to its edge, and never go back`() throws {
    let scratch = try Scratch()
    let latest = RecordingFormat.latestTime
    let timer = HandleID(1)
    let callback = Callback(.setResult, FutureID(1))
    try RecordingWriter.write(
      header: plainHeader, texts: [],
      events: [
        Event(time: 7, fact: .timerScheduled(timer, when: .max, callback)),
        Event(time: 5, fact: .timerScheduled(timer, when: .min, callback)),
        Event(time: .max, fact: .timerScheduled(timer, when: 3, callback)),
      ], to: scratch.file("a.jsonl"))
    #expect(
      try Contents(of: scratch.file("a.jsonl")).events == [
        Event(time: 7, fact: .timerScheduled(timer, when: latest, callback)),
        Event(time: 7, fact: .timerScheduled(timer, when: 7 - latest, callback)),
        Event(time: latest, fact: .timerScheduled(timer, when: 3, callback)),
      ])
  }

  @Test func `a text too long for a line is cut between two characters`() throws {
    let scratch = try Scratch()
    let long = String(repeating: "猫", count: RecordingFormat.longestText / 3 + 1)
    try RecordingWriter.write(
      header: plainHeader, texts: [long], events: [], to: scratch.file("a.jsonl"))
    let read = try #require(Contents(of: scratch.file("a.jsonl")).texts.first)
    #expect(read == String(repeating: "猫", count: RecordingFormat.longestText / 3) + "…")
  }

  @Test func `no control character stands bare in the file`() throws {
    let scratch = try Scratch()
    var run = RandomFacts(seed: 9)
    let batches = (0..<50).map { _ in run.batch(10) }
    try RecordingWriter.write(
      header: plainHeader, texts: batches.flatMap(\.texts), events: batches.flatMap(\.events),
      to: scratch.file("a.jsonl"))
    let text = String(decoding: try scratch.bytes("a.jsonl"), as: UTF8.self)
    let bare = text.unicodeScalars.filter {
      $0.properties.generalCategory == .control && $0 != "\n"
    }
    #expect(bare.isEmpty)
  }
}

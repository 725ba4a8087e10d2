import Foundation
import Testing
import Trace

@Suite struct RecordingWriterTests {
  private let events = [
    Event(time: 0, fact: .tickBegan(1)),
    Event(time: 4, fact: .handleBegan(HandleID(1))),
  ]

  @Test func `the lines are these`() throws {
    let scratch = try Scratch()
    let cat = LaneID(1)
    let task = FutureID(1)
    try RecordingWriter.write(
      header: RunHeader(
        program: ["cats"], clock: .virtual, runtime: "loopscope 1.0", seed: 7, chances: 2),
      texts: ["cats.swift", "meow", "Task-1", "meow\n"],
      events: [
        Event(
          time: 0,
          fact: .coroutineCreated(
            cat, name: TextID(2), parent: .none, at: Site(file: TextID(1), line: 3))),
        Event(time: 0, fact: .taskCreated(task, cat, name: TextID(3), by: .none)),
        Event(
          time: 0,
          fact: .handleScheduled(
            HandleID(1), Callback(.step, task), cause: Cause(.taskCreated))),
        Event(time: 0, fact: .tickBegan(1)),
        Event(time: 0, fact: .handleBegan(HandleID(1))),
        Event(time: 0, fact: .coroutineStarted(cat)),
        Event(time: 0, fact: .futureCreated(FutureID(2), kind: .empty, of: .none)),
        Event(
          time: 0,
          fact: .timerScheduled(
            HandleID(2), when: 1_000_000_000, Callback(.setResult, FutureID(2)))),
        Event(time: 0, fact: .coroutineSuspended(cat, on: Wait(.sleep, FutureID(2)), line: 5)),
        Event(time: 0, fact: .handleEnded(HandleID(1))),
        Event(time: 1_000_000_000, fact: .timeJumped(from: 0)),
        Event(time: 1_000_000_000, fact: .output(TextID(4), by: cat, .stdout)),
      ],
      to: scratch.file("run.jsonl"))
    #expect(
      String(decoding: try scratch.bytes("run.jsonl"), as: UTF8.self) == """
        {"loopscope":1,"clock":"virtual","unit":"ns","program":["cats"],\
        "runtime":"loopscope 1.0","seed":7,"chances":2}
        ["s",1,"cats.swift"]
        ["s",2,"meow"]
        ["cn",0,1,2,0,1,3]
        ["s",3,"Task-1"]
        ["tn",0,1,1,3]
        ["hs",0,1,"step",1,"created"]
        ["lt",0,1]
        ["hb",0,1]
        ["cs",0,1]
        ["fn",0,2]
        ["ht",0,2,1000000000,"set_result",2]
        ["cw",0,1,5,"sleep",2]
        ["he",0]
        ["lj",1000000000]
        ["s",4,"meow\\n"]
        ["po",0,4,1]

        """)
  }

  @Test(arguments: ["run.jsonl", "run.jsonl.gz"])
  func `a recording has its name only when it is finished`(name: String) throws {
    let scratch = try Scratch()
    let writer = try RecordingWriter(path: scratch.file(name), header: plainHeader)
    #expect(scratch.exists(name + ".part"))
    #expect(!scratch.exists(name))
    try writer.finish()
    #expect(!scratch.exists(name + ".part"))
    #expect(scratch.exists(name))
  }

  @Test func `every batch can be played as soon as it is written`() throws {
    let scratch = try Scratch()
    let writer = try RecordingWriter(path: scratch.file("run.jsonl"), header: plainHeader)
    try writer.append(Batch(events: events))
    #expect(try Contents(of: scratch.file("run.jsonl.part")).events == events)
    try writer.append(Batch(events: [Event(time: 9, fact: .tickBegan(2))]))
    #expect(try Contents(of: scratch.file("run.jsonl.part")).events.count == 3)
  }

  @Test func `a compressed recording can be played up to the last flush`() throws {
    let scratch = try Scratch()
    let writer = try RecordingWriter(path: scratch.file("run.jsonl.gz"), header: plainHeader)
    try writer.append(Batch(events: events))
    #expect(try Contents(of: scratch.file("run.jsonl.gz.part")).events.isEmpty)
    try writer.flush()
    let contents = try Contents(of: scratch.file("run.jsonl.gz.part"))
    #expect(contents.events == events)
    #expect(contents.end == .torn(line: 4))
  }

  @Test func `a compressed recording never holds back more than a bounded number of lines`() throws
  {
    let scratch = try Scratch()
    let writer = try RecordingWriter(path: scratch.file("run.jsonl.gz"), header: plainHeader)
    for number in 1...20_000 as ClosedRange<UInt32> {
      try writer.append(Batch(events: [Event(time: 0, fact: .tickBegan(number))]))
      guard number % 5_000 == 0 else { continue }
      let played = try Contents(of: scratch.file("run.jsonl.gz.part")).events.count
      #expect(played + 128 * 1024 / 10 > number)
    }
    #expect(try Contents(of: scratch.file("run.jsonl.gz.part")).events.count > 5_000)
  }

  @Test(arguments: ["run.jsonl", "run.jsonl.gz"])
  func `a recording that is given up stays as a part`(name: String) throws {
    let scratch = try Scratch()
    do {
      let writer = try RecordingWriter(path: scratch.file(name), header: plainHeader)
      try writer.append(Batch(events: events))
    }
    #expect(try Contents(of: scratch.file(name + ".part")).events == events)
    #expect(!scratch.exists(name))
  }

  @Test func `what an earlier recorder left behind is replaced`() throws {
    let scratch = try Scratch()
    _ = try scratch.write("left behind", to: "run.jsonl.part")
    for events in [[], events] {
      try RecordingWriter.write(
        header: plainHeader, texts: [], events: events, to: scratch.file("run.jsonl"))
    }
    #expect(try Contents(of: scratch.file("run.jsonl")).events == events)
    #expect(!scratch.exists("run.jsonl.part"))
  }

  @Test(arguments: ["print('meow')\n", "{\"name\":\"cats\"}\n", "\u{1F}\u{8B}nonsense", "meow"])
  func `a file that is no recording is not replaced, another recording is`(text: String) throws {
    let scratch = try Scratch()
    let header = RunHeader(program: ["cats"], clock: .virtual, runtime: "test")
    let path = try scratch.write(text, to: "cats.py")
    #expect(throws: RecordingError.wouldReplace(path: path)) {
      try RecordingWriter.check(path: path)
    }
    #expect(throws: RecordingError.wouldReplace(path: path)) {
      try RecordingWriter.write(header: header, texts: [], events: events, to: path)
    }
    #expect(String(decoding: try scratch.bytes("cats.py"), as: UTF8.self) == text)
    #expect(!scratch.exists("cats.py.part"))
    for name in ["run.jsonl", "run.jsonl.gz", "empty"] {
      if name == "empty" { _ = try scratch.write("", to: name) }
      for _ in 0..<2 {
        try RecordingWriter.check(path: scratch.file(name))
        try RecordingWriter.write(
          header: header, texts: [], events: events, to: scratch.file(name))
      }
    }
  }

  @Test func `a link in place of the part is not followed`() throws {
    let scratch = try Scratch()
    let victim = try scratch.write("precious", to: "victim")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.file("run.jsonl.part"), withDestinationPath: victim)
    try RecordingWriter.write(
      header: plainHeader, texts: [], events: events, to: scratch.file("run.jsonl"))
    #expect(try scratch.bytes("victim") == Array("precious".utf8))
  }

  @Test func `a device is written to as it is`() throws {
    try RecordingWriter.write(header: plainHeader, texts: [], events: events, to: "/dev/null")
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    #expect(!FileManager.default.fileExists(atPath: "/dev/null.part"))
  }

  @Test func `a place that does not exist is refused in a sentence`() throws {
    let scratch = try Scratch()
    let path = scratch.file("nowhere/run.jsonl")
    let error = #expect(throws: RecordingError.self) {
      try RecordingWriter(path: path, header: plainHeader)
    }
    #expect(error == .cannotCreate(path: path, code: ENOENT))
    #expect(
      error?.description
        == "The recording \(path) cannot be created: No such file or directory. "
        + "Choose another place.")
  }

  @Test func `a directory is refused before anything is recorded`() throws {
    let scratch = try Scratch()
    #expect(throws: RecordingError.cannotCreate(path: scratch.path, code: EISDIR)) {
      try RecordingWriter(path: scratch.path, header: plainHeader)
    }
  }

  @Test func `after an error every call throws it again`() throws {
    let scratch = try Scratch()
    let path = scratch.file("pipe.jsonl")
    #expect(mkfifo(path, 0o600) == 0)
    signal(SIGPIPE, SIG_IGN)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    let writer = try RecordingWriter(path: path, header: plainHeader)
    close(reader)
    let error = RecordingError.cannotWrite(path: path, code: EPIPE, kept: path)
    #expect(throws: error) { try writer.append(Batch(events: events)) }
    #expect(throws: error) { try writer.append(Batch()) }
    #expect(throws: error) { try writer.flush() }
    #expect(throws: error) { try writer.finish() }
    #expect(
      error.description
        == "The recording \(path) cannot be written: Broken pipe. "
        + "What was written so far is in \(path) and can be played.")
  }

  @Test func `sources beyond all measure are refused and leave nothing behind`() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.jsonl")
    var header = plainHeader
    header.sources = [
      .init(name: "a", text: String(repeating: "a", count: RecordingFormat.longestLine))
    ]
    #expect(throws: RecordingError.headerTooLong(path: path)) {
      try RecordingWriter(path: path, header: header)
    }
    #expect(!scratch.exists("run.jsonl.part"))
  }

  #if os(Linux)
    @Test func `a full disk is told before the run begins`() throws {
      #expect(throws: RecordingError.cannotCreate(path: "/dev/full", code: ENOSPC)) {
        try RecordingWriter(path: "/dev/full", header: plainHeader)
      }
    }
  #endif
}

import Foundation
import Testing
import Trace

@Suite struct RecordingReaderTests {
  private let two = [
    Event(time: 1, fact: .tickBegan(1)),
    Event(time: 3, fact: .tickBegan(2)),
  ]

  @Test(arguments: [
    "[\"lt\",1,1]\n[\"lt\",2,2]\n",
    "[\"lt\",1,1]\n[\"lt\",2,2]",
    "[\"lt\",1,1]\r\n[\"lt\",2,2]\r\n",
    "\n\n[\"lt\",1,1]\n  \n[\"lt\",2,2]\n\n",
    " [ \"lt\" , 1 , 1 ] \n[\"lt\", 2, 2]\n",
    "[\"lt\",1,1,\"new\",{\"a\":[1,\"]\\\"\"]},null,-1.5e3]\n[\"lt\",2,2]\n",
    "[\"lt\",1,1]\n[\"S\",1,[2]]\n[\"lt\",2,2]\n",
    "[\"lt\",1,1]\n[\"zz\",1,\"?\"]\n[\"later\",1]\n[\"lt\",0,2]\n",
    "[\"lt\",1,1]\n[\"fd\",0,1,\"postponed\"]\n[\"lt\",2,2]\n",
    "[\"lt\",1,1]\n[\"s\",1,\"a\"]\n[\"s\",1,\"b\"]\n[\"lt\",2,2]\n",
  ])
  func `what may vary is read all the same`(lines: String) throws {
    let scratch = try Scratch()
    let contents = try Contents(of: scratch.write(headerLine + lines))
    #expect(contents.events == two)
    #expect(contents.end == .complete)
  }

  @Test func `a byte order mark and Windows line ends are passed over`() throws {
    let scratch = try Scratch()
    let header = "\u{FEFF}" + headerLine.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(try RecordingReader(path: scratch.write(header)).header == plainHeader)
  }

  @Test func `arguments that are left out or null have their default`() throws {
    let scratch = try Scratch()
    let lines = """
      ["cn",0,1,0]
      ["cn",0,1,0,null,null,null]
      ["hb",0,3]
      ["he",0]
      ["he",0,2]
      ["lt",5,1]
      ["lj",5]
      ["lj",5,1]
      ["po",0,0]
      ["le",0]

      """
    let created = Fact.coroutineCreated(LaneID(1), name: .empty, parent: .none, at: .unknown)
    #expect(
      try Contents(of: scratch.write(headerLine + lines)).events == [
        Event(time: 0, fact: created),
        Event(time: 0, fact: created),
        Event(time: 0, fact: .handleBegan(HandleID(3))),
        Event(time: 0, fact: .handleEnded(HandleID(3))),
        Event(time: 0, fact: .handleEnded(HandleID(2))),
        Event(time: 5, fact: .tickBegan(1)),
        Event(time: 10, fact: .timeJumped(from: 5)),
        Event(time: 15, fact: .timeJumped(from: 1)),
        Event(time: 15, fact: .output(.empty, by: .none, .stdout)),
        Event(time: 15, fact: .runEnded(exception: .empty)),
      ])
  }

  @Test func `the clock jumps from no moment before the start, and from none to come`() throws {
    let scratch = try Scratch()
    let lines = "[\"lj\",5,-1]\n[\"lj\",5,999999999999999999]\n"
    #expect(
      try Contents(of: scratch.write(headerLine + lines)).events.map(\.fact) == [
        .timeJumped(from: 0), .timeJumped(from: 10),
      ])
  }

  @Test func `a wait that is not known is still a wait`() throws {
    let scratch = try Scratch()
    let contents = try Contents(of: scratch.write(headerLine + "[\"cw\",0,1,5,\"tea\",2]\n"))
    #expect(
      contents.events.map(\.fact) == [
        .coroutineSuspended(LaneID(1), on: Wait(.unknown, FutureID(2)), line: 5)
      ])
  }

  @Test(arguments: [
    (#"\" \\ \/ \b\f\n\r\t"#, "\" \\ / \u{8}\u{C}\n\r\t"),
    (#"\u0041\u00e9\u732B"#, "Aé猫"),
    (#"\ud83d\ude80"#, "🚀"),
    (#"\ud83d"#, "\u{FFFD}"),
    (#"\ud83d\n"#, "\u{FFFD}\n"),
    (#"\ude80\ud83d"#, "\u{FFFD}\u{FFFD}"),
    (#"\ud83d\u0041"#, "\u{FFFD}A"),
    ("猫", "猫"),
  ])
  func `escapes in texts are JSON's`(escaped: String, text: String) throws {
    let scratch = try Scratch()
    let contents = try Contents(of: scratch.write(headerLine + "[\"s\",1,\"\(escaped)\"]\n"))
    #expect(contents.texts == [text])
  }

  @Test func `bytes that are not UTF-8 are replaced`() throws {
    let scratch = try Scratch()
    let line = Array("[\"s\",1,\"a".utf8) + [0xFF, 0xC3] + Array("b\"]\n".utf8)
    let contents = try Contents(of: scratch.write(Array(headerLine.utf8) + line))
    #expect(contents.texts == ["a\u{FFFD}\u{FFFD}b"])
  }

  @Test func `texts whose lines are missing are empty`() throws {
    let scratch = try Scratch()
    let contents = try Contents(
      of: scratch.write(headerLine + "[\"s\",1,\"a\"]\n[\"s\",4,\"d\"]\n"))
    #expect(contents.texts == ["a", "", "", "d"])
  }

  @Test func `skipped lines and times that go back are counted`() throws {
    let scratch = try Scratch()
    let contents = try Contents(
      of: scratch.write(headerLine + "[\"lt\",9,1]\n[\"lt\",-5,2]\n[\"zz\",0]\n[\"yy\",0]\n"))
    #expect(contents.events.map(\.time) == [9, 9])
    #expect(
      contents.notices == [
        "2 lines were passed over, since this loopscope does not know what they mean. "
          + "A newer one may.",
        "1 event goes back in time: the recorder's clock did. They are shown at the moment before.",
      ])
  }

  @Test func `a torn last line is reported and the rest is read`() throws {
    let scratch = try Scratch()
    let contents = try Contents(of: scratch.write(headerLine + "[\"lt\",1,1]\n[\"lt\",2,"))
    #expect(contents.events == [two[0]])
    #expect(contents.end == .torn(line: 3))
    #expect(
      contents.notices == [
        "The recording breaks off in line 3; all before it was read. "
          + "The recorder was killed or is still at work."
      ])
  }

  @Test(arguments: [
    ("meow", "it is not an array"),
    ("{\"lt\":1}", "it is not an array"),
    ("[1,2]", "a kind was expected"),
    ("[\"lt\"]", "an integer was expected"),
    ("[\"lt\",1.5,1]", "an integer was expected"),
    ("[\"lt\",1,1e3]", "an integer was expected"),
    ("[\"lt\",1,\"1\"]", "an integer was expected"),
    ("[\"lt\",1]", "a number is missing"),
    ("[\"lt\",1,-1]", "a number is out of range"),
    ("[\"lt\",1,4294967296]", "a number is out of range"),
    ("[\"lt\",1,9999999999999999999]", "an integer was expected"),
    ("[\"lt\",9999999999999999999,1]", "an integer was expected"),
    ("[\"lt\",1,1", "its array does not end"),
    ("[\"lt\",1,1]]", "something follows its array"),
    ("[\"cs\",1]", "an identity is missing"),
    ("[\"cs\",1,4000000000]", "a number is out of range"),
    ("[\"cw\",1,1,5]", "a word is missing"),
    ("[\"cw\",1,1,5,7]", "a word was expected"),
    ("[\"s\",1]", "a text was expected"),
    ("[\"s\",4000000000,\"a\"]", "a number is out of range"),
    ("[\"s\",1,\"\\x\"]", "a text was expected"),
    ("[\"s\",1,\"\\u12\"]", "a text was expected"),
  ])
  func `reading stops at a line that makes no sense`(line: String, why: String) throws {
    let scratch = try Scratch()
    let contents = try Contents(
      of: scratch.write(headerLine + "[\"lt\",1,1]\n\(line)\n[\"lt\",2,2]\n"))
    #expect(contents.events == [two[0]])
    #expect(contents.end == .damaged(line: 3, why: why))
    #expect(
      contents.notices == ["The recording is damaged in line 3: \(why). All before it was read."])
  }

  @Test func `time stops at its end`() throws {
    let scratch = try Scratch()
    let most = "[\"lt\",\(RecordingFormat.latestTime),1]\n"
    let contents = try Contents(of: scratch.write(headerLine + most + most))
    #expect(contents.events.count == 1)
    #expect(contents.end == .damaged(line: 3, why: "its time is beyond the latest one"))
  }

  @Test func `identities may not run far ahead of the lines`() throws {
    let scratch = try Scratch()
    #expect(try Contents(of: scratch.write(headerLine + "[\"cs\",0,1028]\n")).end == .complete)
    let damaged = RecordingReader.End.damaged(line: 2, why: "a number is out of range")
    #expect(try Contents(of: scratch.write(headerLine + "[\"cs\",0,1029]\n")).end == damaged)
    let dropped = headerLine + "[\"ld\",0,4294967295]\n"
    let most = 1030 + (1 << 20)
    #expect(try Contents(of: scratch.write(dropped + "[\"cs\",0,\(most)]\n")).end == .complete)
    #expect(try Contents(of: scratch.write(dropped + "[\"cs\",0,\(most + 1)]\n")).end != .complete)
  }

  @Test func `a line without end is refused before it fills the memory`() throws {
    let scratch = try Scratch()
    let path = scratch.file("long.jsonl")
    let text = headerLine + "[\"lt\",1,1]\n[\"s\",1,\""
    _ = try scratch.write(text, to: "long.jsonl")
    #expect(truncate(path, off_t(RecordingFormat.longestLine * 2)) == 0)
    let contents = try Contents(of: path)
    #expect(contents.events == [two[0]])
    #expect(contents.end == .damaged(line: 3, why: "it is longer than 64 MiB"))
  }
}

import Export
import Foundation
import Insight
import TUI
import Testing
import Trace
import TraceSamples

/// What the page knows of a run is what the timeline knows.
@Suite struct PageDataTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `every lane is in the timeline's state, in its words and at its line`(seed: UInt64) throws {
    try expectSameStates(randomTimeline(seed: seed), step: 5)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `so it is where parts were lost and where nothing makes sense`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var lossy = Timeline()
    lossy.append(RandomRun(seed: seed, events: 300).script.batch.losing(3, using: &random))
    try expectSameStates(lossy, step: 7)
    var garbage = Timeline()
    garbage.append(Garbage.batch(seed: seed, events: 300))
    try expectSameStates(garbage, step: 3)
  }

  @Test func `who stands in line is told how much is in use, and by whom, as that changes`() throws
  {
    let timeline = Self.queueing().timeline
    try expectSameStates(timeline, step: 1)
    let said = try (0...timeline.events.count).compactMap { cursor in
      try PageReader(timeline).state(ofLaneAt: 0, at: cursor)?.words
    }
    #expect(Set(said).contains("waiting for room in jobs (2 of 2 items)"))
    #expect(Set(said).contains("waiting for room in jobs (1 of 2 items)"))
    #expect(said.last == "waiting to acquire lock 1, which b() holds")
  }

  private func expectSameStates(
    _ timeline: Timeline, step: Int, at location: SourceLocation = #_sourceLocation
  ) throws {
    let page = try PageReader(timeline)
    #expect(Set(page.lanes) == Set(timeline.laneIDs()))
    for cursor in stride(from: 0, through: timeline.events.count, by: step) {
      for (place, lane) in page.lanes.enumerated() {
        let shown = page.state(ofLaneAt: place, at: cursor)
        guard timeline.change(of: lane, at: cursor) != nil else {
          #expect(shown == nil, sourceLocation: location)
          continue
        }
        let words = timeline.stateWords(of: lane, at: cursor)
        #expect(shown?.words == words, "\(lane) at \(cursor)", sourceLocation: location)
        #expect(
          shown?.word == timeline.state(of: lane, at: cursor).word, sourceLocation: location)
        #expect(
          shown?.line == Int(timeline.line(of: lane, at: cursor)), sourceLocation: location)
      }
    }
  }

  /// Who stands in line for a queue, and then for a lock.
  static func queueing() -> Script {
    var script = Script()
    let queue = ResourceID(1)
    let lock = ResourceID(2)
    let a = script.lane("a()")
    let b = script.lane("b()")
    script.start(a)
    script.add(.resourceCreated(queue, .queue, name: script.text("jobs"), limit: 2))
    for level in 1...2 as ClosedRange<UInt32> {
      script.add(.resourceChanged(queue, level: level, holder: .none))
    }
    script.suspend(a, .queuePut, script.future("queue_put", of: queue), line: 3)
    script.start(b)
    script.add(.resourceChanged(queue, level: 1, holder: .none))
    script.add(.resourceCreated(lock, .lock, name: script.text("lock 1"), limit: 0))
    script.resume(a)
    script.suspend(a, .lock, script.future("lock", of: lock), line: 4)
    script.add(.resourceChanged(lock, level: 1, holder: b))
    return script
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `every event says what it says on the screen, at its time`(seed: UInt64) throws {
    let timeline = randomTimeline(seed: seed)
    let page = try PageReader(timeline)
    #expect(page.sentences() == timeline.events.indices.map { timeline.sentence(forEvent: $0) })
    #expect(page.summed("events", "time") == timeline.events.map { Int($0.time) })
    let starts = (0..<timeline.stepCount).map { timeline.cursor(afterSteps: $0) }
    #expect(page.summed("steps", "start") == starts)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `the causes of a step lead where why leads`(seed: UInt64) throws {
    let timeline = randomTimeline(seed: seed)
    let reasons = try PageReader(timeline).reasons()
    #expect(reasons.count == timeline.stepCount)
    for step in 1...timeline.stepCount {
      var chain: [String] = []
      var next = step
      while next > 0, chain.count < 6 {
        chain.append(reasons[next - 1].text)
        next = reasons[next - 1].cause
      }
      #expect(chain == why(step: step, in: timeline).map(\.text), "step \(step)")
    }
  }

  @Test func `lines are put together from what was printed in pieces`() throws {
    var script = Script()
    let a = script.lane("a()")
    let b = script.lane("b()")
    for (text, lane) in [("one ", a), ("two\nthree\r\n\n", a), ("x", a), ("y", b), ("\tz\n", b)] {
      script.add(.output(script.text(text), by: lane, .stdout))
    }
    let pieces = try PageReader(script.timeline).output()
    #expect(pieces.map(\.text) == ["one ", "two", "three", "", "x", "y", "        z"])
    #expect(pieces.map(\.joins) == [false, true, false, false, false, false, true])
  }

  @Test func `a circle that a timeout broke is found for as long as it was there`() throws {
    var script = Script()
    let lanes = [script.lane("a()"), script.lane("b()")]
    for lane in lanes { script.start(lane) }
    let locks = [ResourceID(1), ResourceID(2)]
    for (lock, lane) in zip(locks, lanes) {
      let name = script.text("lock \(lock.rawValue)")
      script.add(.resourceCreated(lock, .lock, name: name, limit: 0))
      script.add(.resourceChanged(lock, level: 1, holder: lane))
    }
    let futures = locks.reversed().map { script.future("lock", of: $0) }
    for (lane, future) in zip(lanes, futures) { script.suspend(lane, .lock, future) }
    let closed = script.cursor
    script.time = .ms(50)
    script.add(.futureResolved(futures[0], .cancelled))
    let broken = script.cursor
    for lane in lanes { script.add(.coroutineCancelled(lane)) }
    script.add(.runEnded(exception: .empty))
    let findings = try #require(
      PageReader(script.timeline).data["findings"] as? [[String: Any]])
    #expect(findings.count == 1)
    #expect(
      findings[0]["text"] as? String
        == "Nothing can wake them: a() waits to acquire lock 2, which b() holds; "
        + "b() waits to acquire lock 1, which a() holds.")
    #expect(findings[0]["event"] as? Int == closed - 1)
    #expect(findings[0]["until"] as? Int == broken)
  }

  @Test func `what the program says of itself is there, and what the words mean`() throws {
    let hostile = PageTests.hostile.filter { !$0.hasSuffix("\\") }
    let text = "'''Who?\n\n    " + hostile.joined(separator: "\n    ") + "\n'''\nimport asyncio\n"
    let header = RunHeader(
      program: ["demo.py"], clock: .real, runtime: "x",
      sources: [.init(name: "demo.py", text: text), .init(name: "b.py", text: "'''No.'''")])
    let html = try export(header, Script().timeline, as: .html)
    #expect(html.ranges(of: "<script").count == 2 && html.ranges(of: "</script").count == 2)
    let page = try PageReader(html)
    let lesson = try #require(page.data["lesson"] as? [String: Any])
    #expect(lesson["title"] as? String == "Who?")
    let note = try #require(lesson["note"] as? [String]).joined(separator: " ")
    for line in hostile.flatMap({ $0.split(whereSeparator: \.isNewline) }) {
      #expect(note.contains(plain(String(line))), "\(note)")
    }
    let words = try #require(page.data["glossary"] as? [[String]])
    #expect(words == KeyHelp.words.map { [$0.word, $0.meaning] } && words.count > 10)
    let none = try PageReader(Script().timeline)
    #expect(none.data["lesson"] is NSNull)
  }

  @Test func `the sources are there, each line plain`() throws {
    let header = RunHeader(
      program: ["demo.py"], clock: .real, runtime: "x",
      sources: [.init(name: "demo.py", text: "a\r\n\tb\u{202E}\n<script>")])
    let page = try PageReader(export(header, Script().timeline, as: .html))
    let sources = try #require(page.data["sources"] as? [[String: String]])
    #expect(sources == [["name": "demo.py", "text": "a\n        b\\u{202e}\n<script>"]])
  }
}

import Insight
import Testing
import Trace
import TraceSamples

/// What was seen of steps by looking at their stacks.
struct StackTests {
  private static let parse = "app.py:4 parse\napp.py:11 fetch"
  private static let decode =
    "json/decoder.py:360 JSONDecoder.decode\njson/__init__.py:346 loads\napp.py:7 parse\napp.py:11 fetch"

  /// `fetch()` runs for 300 ms, and is seen in the stacks that are given, in turn.
  private func run(_ stacks: [String], isOver: Bool = true) -> (script: Script, fetch: LaneID) {
    var run = Script()
    let fetch = run.lane("fetch()", file: "app.py", line: 9)
    let task = run.task(fetch)
    run.begin(task.firstStep)
    run.start(fetch)
    for stack in stacks {
      run.time += .ms(20)
      let text = run.text(stack)
      run.add(.stackSampled(task.firstStep, stack: text, by: fetch))
    }
    run.time = .ms(300)
    if isOver {
      run.return(fetch)
      run.end(task.firstStep)
    }
    return (run, fetch)
  }

  private func longStep(_ stacks: String...) -> String {
    let script = run(stacks).script
    return findings(at: script.cursor, in: script.timeline, standstills: [])
      .map { script.timeline.line(for: $0) }.joined(separator: "\n")
  }

  private static let took =
    "0.300s  step 1  fetch(): step 1 took 0.300 s, and nothing else could run: "
    + "the first step of fetch()"

  @Test func `a long step says in which function it was seen most, and inside which`() {
    #expect(longStep() == Self.took)
    #expect(longStep(Self.parse) == Self.took + "; it was seen once in parse() at app.py:4")
    #expect(
      longStep(Self.parse, Self.parse)
        == Self.took + "; it was seen 2 times in parse() at app.py:4")
    #expect(
      longStep(Self.decode, Self.parse, Self.decode, "app.py:11 fetch")
        == Self.took + "; it was seen 3 of 4 times in parse(), most at app.py:7, "
        + "inside JSONDecoder.decode() at json/decoder.py:360")
  }

  @Test func `frames that make no sense are left out, and of none nothing is said`() {
    #expect(longStep("", "no place", "app.py:x f", ":4 ") == Self.took)
    #expect(
      longStep("nonsense\napp.py:3 <lambda>\napp.py:11 fetch")
        == Self.took + "; it was seen once in <lambda> at app.py:3")
    let hostile = longStep("\u{1B}[31m.py:4 f\u{7}")
    #expect(!hostile.contains("\u{1B}") && !hostile.contains("\u{7}"))
  }

  @Test func `of no program of its own, the innermost function is told`() {
    #expect(
      longStep("a.py:1 inner\nb.py:2 outer")
        == Self.took + "; it was seen once in inner() at a.py:1")
  }

  @Test func `why tells where the lane that runs was seen, as long as it runs`() throws {
    let (script, fetch) = run([Self.parse, Self.parse], isOver: false)
    let timeline = script.timeline
    func state(at cursor: Int) throws -> [String] {
      try #require(why(fetch, at: cursor, now: script.time, in: timeline)).step.map(\.text)
    }
    #expect(try state(at: script.cursor).contains("It was seen 2 times in parse() at app.py:4."))
    #expect(try state(at: script.cursor - 1).contains("It was seen once in parse() at app.py:4."))
    #expect(try !state(at: script.cursor - 2).contains { $0.contains("seen") })
    let (over, _) = run([Self.parse])
    let reasons = try #require(
      why(fetch, at: over.cursor, now: over.time, in: over.timeline))
    #expect(!reasons.step.contains { $0.text.contains("seen") })
  }

  @Test func `what another loop does meanwhile is not said of it`() throws {
    var (script, fetch) = run([Self.parse], isOver: false)
    let other = script.lane("other()")
    let text = script.text("other.py:1 spin")
    for _ in 0..<3 { script.add(.stackSampled(HandleID(99), stack: text, by: other)) }
    let reasons = try #require(why(fetch, at: script.cursor, in: script.timeline)).step.map(\.text)
    #expect(reasons.contains("It was seen once in parse() at app.py:4."))
  }

  @Test func `of a stack that goes on for ever the innermost thousand are told`() {
    let stack = String(repeating: "app.py:4 parse\n", count: 5000)
    let (script, fetch) = run([stack], isOver: false)
    #expect(script.timeline.stack(of: fetch, at: script.cursor)?.count == 1000)
  }

  @Test func `where a lane stands is known from the looks since it went on`() {
    let (script, fetch) = run([Self.parse, Self.decode])
    let timeline = script.timeline
    let last = timeline.stackSamples[1] + 1
    #expect(timeline.stack(of: fetch, at: last)?.first?.place == "json/decoder.py:360")
    #expect(timeline.stack(of: fetch, at: last - 1)?.first?.place == "app.py:4")
    #expect(timeline.stack(of: fetch, at: last - 2) == nil)
    #expect(timeline.stack(of: fetch, at: script.cursor) == nil, "it is over")
  }

  @Test func `the last event that is no look is found`() {
    let (script, _) = run([Self.parse, Self.parse, Self.parse], isOver: false)
    let timeline = script.timeline
    let start = script.cursor - 3
    for cursor in start...script.cursor {
      #expect(timeline.cursorBeforeStacks(at: cursor) == start)
    }
    #expect(timeline.cursorBeforeStacks(at: start - 1) == start - 1)
    let (over, _) = run([Self.parse])
    #expect(over.timeline.cursorBeforeStacks(at: over.cursor) == over.cursor)
  }

  @Test func `an event says who was where`() {
    let script = run([Self.parse, Self.decode]).script
    let sentences = script.timeline.stackSamples.map { script.timeline.sentence(forEvent: $0) }
    #expect(
      sentences == [
        "fetch() was at app.py:4 in parse(), called at app.py:11 in fetch()",
        "fetch() was at json/decoder.py:360 in JSONDecoder.decode(), called at "
          + "json/__init__.py:346 in loads(), called at app.py:7 in parse() and 1 call further out",
      ])
  }
}

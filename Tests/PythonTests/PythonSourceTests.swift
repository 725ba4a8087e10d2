import Testing
import Trace

@testable import Python

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct PythonSourceTests {
  @Test func `the header comes from the recorder`() throws {
    let source = try FakeProgram.started("hear; exit 0")
    #expect(source.header.program == ["fake"])
    #expect(source.header.runtime == "CPython 3.12.0")
    #expect(source.isLive)
    #expect(!source.hasEnded)
    #expect(source.ending == nil)
    _ = source.end()
    #expect(source.hasEnded)
  }

  @Test func `a step is handed out whole, when it is over`() throws {
    let source = try FakeProgram.started(
      """
      say '["s",1,"f"]' '["hs",0,1,"function",1,"call_soon"]' '["hs",0,2,"function",1,"call_soon"]'
      held; hear; say '["hb",10,1]'
      read -r line
      say '["he",5]' '["lt",0,1]'
      hear
      """)
    var timeline = source.collect { $0.events.count == 2 }
    timeline.append(source.step())
    timeline.append(source.step())
    #expect(timeline.events.count == 2)
    source.send(input: "go on\n")
    source.collect(into: &timeline) { $0.stepCount == 1 }
    #expect(timeline.events.contains { $0.fact == .handleEnded(HandleID(1)) })
    #expect(timeline.marks == ["input: go on"])
    #expect(!source.hasEnded)
    _ = source.end()
  }

  @Test func `what ran before the hold took effect comes before the step`() throws {
    let source = try FakeProgram.started(
      """
      held; hear
      say '["s",1,"go on"]' '["hs",0,1,"job",0,"external"]' '["hs",0,2,"job",0,"external"]'
      hear; say '["hb",0,1]' '["he",0]'; held
      hear; say '["hb",0,2]' '["he",0]' '["s",2,"stepped"]' '["pm",0,2]'; held
      hear
      """)
    var timeline = source.run(until: .max, budget: 1000).asTimeline
    source.collect(into: &timeline) { $0.events.count == 2 }
    source.hold()
    while timeline.stepCount == 0 { timeline.append(source.step()) }
    #expect(timeline.stepCount == 1)
    #expect(timeline.marks == [], "no step was sent yet")
    while timeline.stepCount == 1 { timeline.append(source.step()) }
    #expect(timeline.stepCount == 2)
    source.collect(into: &timeline) { !$0.marks.isEmpty }
    #expect(timeline.marks == ["stepped"])
    _ = source.end()
  }

  @Test func `a command is sent once and each step anew`() throws {
    let source = try FakeProgram.started(
      """
      i=0; h=0; held
      while hear; do
        i=$((i + 1)); say "[\\"s\\",$i,\\"$command\\"]" "[\\"pm\\",0,$i]"
        if [ "$command" = step ]; then
          h=$((h + 1)); say "[\\"hs\\",0,$h,\\"job\\",0,\\"external\\"]" "[\\"hb\\",0,$h]" '["he",0]'
        fi
        [ "$command" = go ] || held
      done
      """)
    var timeline = Timeline()
    timeline.append(source.run(until: 0, budget: 0))
    source.hold()
    for _ in 0..<3 { timeline.append(source.run(until: .max, budget: 1000)) }
    source.hold()
    source.hold()
    for _ in 0..<20 { timeline.append(source.step()) }
    #expect(timeline.stepCount == 20)
    timeline.append(source.run(until: .max, budget: 1000))
    timeline.append(source.step())
    source.collect(into: &timeline) { $0.marks.count >= 25 }
    #expect(
      timeline.marks
        == ["go", "hold"] + Array(repeating: "step", count: 20) + ["go", "hold", "step"])
    _ = source.end()
  }

  @Test func `the time that has passed without an event is neither lost by a hold nor by the end`()
    throws
  {
    let source = try FakeProgram.started(
      """
      held; say "[\\"s\\",1,\\"$$\\"]" '["pm",0,1]'
      hear; hear; held
      hear; hear; hear
      """)
    var timeline = source.run(until: .max, budget: 1000).asTimeline
    source.collect(into: &timeline) { !$0.marks.isEmpty && source.realTime ?? 0 > 20_000_000 }
    source.hold()
    let held = try #require(source.realTime)
    #expect(held > 20_000_000)
    #expect(source.realTime == held)
    timeline.append(source.run(until: .max, budget: 1000))
    #expect(source.realTime ?? 0 >= held)
    source.send(input: "well?\n")
    let process = try #require(timeline.marks.first.flatMap { Int32($0) })
    kill(process, SIGKILL)
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(source.ending == "ended by SIGKILL")
    let times = timeline.events.map(\.time)
    #expect(times.last ?? 0 >= held)
    #expect(times == times.sorted())
    let mark = timeline.events.last { if case .marked = $0.fact { true } else { false } }
    #expect(timeline.marks.last == "input: well?")
    #expect(mark?.time ?? 0 >= held)
  }

  @Test func `a hold that lasts until the end takes no time`() throws {
    let source = try FakeProgram.started(
      """
      held; say '["s",1,"ready"]' '["pm",0,1]'; hear; exit 3
      """)
    var timeline = source.collect { !$0.marks.isEmpty }
    let (held, began) = (try #require(source.realTime), monotonic())
    source.collect(into: &timeline) { _ in monotonic() > began + 20_000_000 }
    let asked = monotonic()
    timeline.append(source.end())
    let last = try #require(timeline.events.last)
    #expect(last.time - held <= Int64(monotonic() - asked))
  }

  @Test func `on a virtual clock the program is held once it is ahead`() throws {
    let source = try FakeProgram.started(
      """
      i=0
      while hear; do
        i=$((i + 1)); say "[\\"s\\",$i,\\"$command\\"]" "[\\"pm\\",1000000000,$i]"
      done
      """,
      header: FakeProgram.header.replacing("real", with: "virtual"))
    var timeline = source.run(until: 500_000_000, budget: 100).asTimeline
    source.collect(into: &timeline) { $0.marks.count == 1 }
    timeline.append(source.run(until: 600_000_000, budget: 100))
    source.collect(into: &timeline) { $0.marks.count == 2 }
    timeline.append(source.run(until: 2_500_000_000, budget: 100))
    source.collect(into: &timeline) { $0.marks.count == 3 }
    #expect(timeline.marks == ["go", "hold", "go"])
    #expect(source.realTime == nil)
    _ = source.end()
  }

  @Test func `what only the pipes know is shown once, and texts keep their numbers`() throws {
    let source = try FakeProgram.started(
      """
      say '["s",1,"told\\n"]' '["po",0,1]'; echo told
      echo raw; printf 'no end'
      echo error >&2
      say '["s",2,"late\\n"]' '["po",7,2,0,"stderr"]'; echo late >&2
      held; hear
      say '["s",3,"main()"]' '["s",4,"main.py"]' '["cn",0,1,3,0,4,5]' '["ps",0,4,3]'
      """)
    var timeline = source.collect {
      $0.printed(on: .stdout).count == 16 && $0.printed(on: .stderr).count == 11
    }
    timeline.append(source.step())
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(timeline.printed(on: .stdout) == "told\nraw\nno end")
    #expect(timeline.printed(on: .stderr).split(separator: "\n").sorted() == ["error", "late"])
    #expect(timeline.label(of: LaneID(1)) == "main()")
    let lane = try #require(timeline.lane(LaneID(1)))
    #expect(timeline.text(lane.site.file) == "main.py")
    #expect(timeline.sourceText(named: timeline.text(lane.site.file)) == "main()")
  }

  @Test func `everything written before the end is there at the end`() throws {
    let source = try FakeProgram.started(
      """
      i=0
      while [ $i -lt 3000 ]; do i=$((i + 1)); say '["lt",1,1]'; echo "line $i"; done
      exit 7
      """)
    let timeline = source.wholeTimeline()
    #expect(timeline.events.count { $0.fact == .tickBegan(1) } == 3000)
    #expect(timeline.printed(on: .stdout).split(separator: "\n").count == 3000)
    #expect(source.ending == "ended: exit status 7")
    #expect(timeline.lastWords == "exit status 7")
  }

  @Test(
    arguments: [
      (SIGKILL, "SIGKILL"), (SIGTERM, "SIGTERM"), (SIGSEGV, "SIGSEGV"), (SIGINT, "SIGINT"),
    ])
  func `a program that is killed leaves what it did`(signal: Int32, name: String) throws {
    let source = try FakeProgram.started("say '[\"lt\",1,1]'; kill -\(signal) $$")
    let timeline = source.wholeTimeline()
    #expect(source.ending == "ended by \(name)")
    #expect(timeline.lastWords == name)
    #expect(timeline.events.count == 2)
    #expect(!source.takesInput)
    // Nobody is there to obey, and nothing breaks.
    source.hold()
    source.send(input: "x\n")
    #expect(source.step().isEmpty)
    #expect(source.run(until: .max, budget: 10).isEmpty)
    #expect(source.end().isEmpty)
  }

  @Test func `a run that the recorder ended is not ended twice`() throws {
    let source = try FakeProgram.started("say '[\"s\",1,\"ValueError\"]' '[\"le\",1,1]'; exit 1")
    let timeline = source.wholeTimeline()
    #expect(timeline.lastWords == "ValueError")
    #expect(timeline.events.count == 1)
  }

  @Test func `a damaged line ends the reading and not the program`() throws {
    let source = try FakeProgram.started(
      "say '[\"lt\",1,1]' 'nonsense' '[\"lt\",1,2]'; echo on; hear; exit 0")
    var timeline = source.collect { $0.printed(on: .stdout) == "on\n" }
    _ = source.run(until: .max, budget: 1)
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(timeline.events.filter { $0.fact == .tickBegan(2) } == [])
    #expect(
      source.notices == [
        "What the recorder sent is damaged in line 3: it is not an array."
      ])
    #expect(source.ending == "ended: exit status 0")
  }

  @Test func `a line that breaks off is said`() throws {
    let source = try FakeProgram.started("printf '[\"lt\",1' >&3")
    _ = source.wholeTimeline()
    #expect(source.notices == ["The recorder was cut off within line 2."])
  }

  @Test func `a program that never begins is a failure with its words`() throws {
    let failure = try #require(throws: PythonFailure.self) {
      try FakeProgram.started("echo 'no such thing' >&2; exit 2", header: nil)
    }
    #expect(
      failure == .neverBegan(ending: "ended: exit status 2", said: "no such thing\n"))
  }

  @Test func `input is sent in order and ends when it is closed`() throws {
    let source = try FakeProgram.started("cat; echo; echo over")
    #expect(source.takesInput)
    source.send(input: "one\n")
    // More than a pipe holds.
    source.send(input: String(repeating: "x", count: 300_000))
    source.send(input: nil)
    #expect(!source.takesInput)
    let timeline = source.wholeTimeline()
    #expect(
      timeline.printed(on: .stdout)
        == "one\n" + String(repeating: "x", count: 300_000) + "\nover\n")
    #expect(timeline.marks.last == "end of input")
  }

  @Test func `restarted is the same program from its beginning`() throws {
    let fake = try FakeProgram("echo \"run of $$\"; hear")
    defer { fake.remove() }
    let first = try PythonSource(fake.program)
    let one = first.collect { !$0.outputs.isEmpty }.printed(on: .stdout)
    let second = try #require(first.restarted() as? PythonSource)
    #expect(first.hasEnded)
    let two = second.collect { !$0.outputs.isEmpty }.printed(on: .stdout)
    #expect(one.hasPrefix("run of "))
    #expect(two.hasPrefix("run of "))
    #expect(one != two)
    _ = second.end()
  }
}

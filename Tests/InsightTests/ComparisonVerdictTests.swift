import Testing
import Trace
import TraceSamples

@testable import Insight

/// What follows from where two runs part, and what cannot be told.
struct ComparisonVerdictTests {
  @Test func `an end that is another one and what went wrong are told of the lanes`() {
    func story(_ end: (inout Script, LaneID) -> Void) -> Script {
      var script = Script()
      let main = script.lane("main()")
      let task = script.task(main)
      script.step(task.firstStep) { script in
        script.start(main)
        end(&script, main)
      }
      return script
    }
    let comparison = compare(
      run(story { $0.return($1, "3") }),
      run(
        story { script, main in
          script.add(.coroutineRaised(main, exception: script.text("ValueError: no")))
          script.add(.exceptionReported(script.text("It was never retrieved"), by: main))
        }))
    let told = text(comparison)
    #expect(
      told.contains("Lanes that ended otherwise:\nmain()\nA: DONE: 3\nB: failed: ValueError: no\n"))
    #expect(
      told.contains("Went wrong only in B:\n0.000s  step 1  main(): It was never retrieved\n"))
    #expect(comparison.parting?.a.count == 1 && comparison.parting?.step == 1)
  }

  @Test func `a run that stops short is said to, and nothing before it differs`() {
    let script = tasks("a()", "b()")
    let whole = script.batch
    var short = whole
    short.events.removeLast(6)  // The end of the run, and all of b()'s step.
    let comparison = compare(run(short), run(whole))
    #expect(comparison.parting?.shorter == .a && comparison.parting?.step == 3)
    #expect(
      words(comparison)
        == "A ends after step 2: the recording ends before the run does. All before that is the same; "
        + "B goes on to step 3.")
    short.events.append(whole.events[short.events.count])
    short.events.append(whole.events[short.events.count])
    let torn = compare(run(short), run(whole))
    #expect(torn.parting?.shorter == .a && torn.parting?.isOtherStep == false)
    #expect(words(torn).hasPrefix("A ends in step 3: "))
  }

  @Test func `where events were lost it cannot be told where runs part`() {
    let script = tasks("a()", "b()")
    var losing = script.batch
    losing.events[losing.events.count - 3].fact = .dropped(count: 1)
    let comparison = compare(run(losing), run(script))
    #expect(comparison.isUnsure && !comparison.isAlike && comparison.parting == nil)
    #expect(
      words(comparison)
        == "Where the runs part cannot be told: events were lost in A. All before that is the same."
    )
    // What differs before that is told all the same.
    let other = compare(run(losing), run(tasks("b()", "a()")))
    #expect(!other.isUnsure && other.parting?.step == 1)
  }

  @Test func `who takes a lock is who is on the loop`() {
    func story(_ level: UInt32) -> Script {
      var script = Script()
      let main = script.lane("main()")
      let lock = ResourceID(1)
      script.add(.resourceCreated(lock, .lock, name: script.text("lock 1"), limit: 1))
      let task = script.task(main)
      script.step(task.firstStep) { script in
        script.start(main)
        if level > 0 { script.add(.resourceChanged(lock, level: level, holder: main)) }
        script.suspend(main, .yield)
      }
      return script
    }
    let comparison = compare(run(story(1)), run(story(0)))
    #expect(
      text(comparison).contains(
        "In step 1, the first step of main(), main() goes on otherwise:\nmain() started\n"
          + "A: main() acquired lock 1\nmain() gave up its turn\nB: main() gave up its turn\n"))
  }

  @Test func `waits between the same deeds are told apart from other work`() {
    func story(_ yields: Int) -> Script {
      var script = Script()
      let main = script.lane("main()")
      let task = script.task(main)
      var handle = task.firstStep
      for turn in 0...yields {
        script.step(handle) { script in
          if turn == 0 { script.start(main) } else { script.resume(main) }
          if turn == yields { return script.return(main) }
          script.suspend(main, .yield)
          handle = script.schedule(Callback(.step, task.future), Cause(.yielded))
        }
      }
      return script
    }
    let comparison = compare(run(story(1)), run(story(2)))
    #expect(comparison.work.isSame && comparison.work.waitedOtherwise.count == 1)
    #expect(
      words(comparison).hasSuffix("the lane did the same, but main() with other waits between."))
  }

  @Test func `a long step is told and is no difference`() {
    func story(_ time: Int64) -> Script {
      var script = Script()
      let task = script.task(script.lane("main()"))
      script.begin(task.firstStep)
      script.start(task.lane)
      script.time = time
      script.return(task.lane)
      script.end(task.firstStep)
      return script
    }
    let comparison = compare(run(story(0)), run(story(.ms(500))))
    #expect(comparison.isAlike)
    #expect(
      text(comparison).contains(
        "Not counted: blocked only in B:\n0.500s  step 1  main(): step 1 took"))
  }

  @Test func `numbers that are others in each run are shown and are no difference`() {
    let comparison = compare(
      run(tasks("a()", lines: ["0": "took 0.1034s\n"])),
      run(tasks("a()", lines: ["0": "took 0.2s\n"])))
    #expect(comparison.isAlike)
    #expect(
      text(comparison).contains(
        "Not counted: 1 line of output with times, addresses or other such numbers that differ:\n"
          + "A: took 0.1034s\nB: took 0.2s\n"))
  }

  @Test func `of runs with tasks alone the tasks are compared, with any other run`() {
    func alone(_ names: String...) -> Script {
      var script = Script()
      let main = script.lane("main()")
      script.add(.taskCreated(FutureID(1), main, name: script.text("Task-1"), by: .none))
      script.start(main)
      for (place, name) in names.enumerated() {
        let lane = script.lane(name, by: main)
        script.add(
          .taskCreated(
            FutureID(UInt32(place + 2)), lane, name: script.text("Task-\(place + 2)"), by: main))
        script.start(lane)
        script.return(lane)
      }
      return script
    }
    #expect(compare(run(alone("a()", "b()")), run(alone("a()", "b()"))).isAlike)
    let other = compare(run(alone("a()", "b()")), run(alone("a()", "c()")))
    #expect(text(other).contains("\nA: 0.000s  main() made Task-3 of b()\n"))
    #expect(text(other).contains("\nLanes only in B:\nc(): DONE\n"))
    let mixed = compare(run(alone("a()")), run(tasks("a()")))
    #expect(mixed.isOfTasksAlone && mixed.output.isSame)
    #expect(
      words(mixed).hasPrefix(
        "A ends at 0.000s: the recording ends before the run does. All before that is the same; "
          + "B goes on. "))
  }

  @Test func `what a recording says is drawn harmlessly and not at any length`() {
    let line = "\u{1B}[2J" + String(repeating: "x", count: 10_000) + "\n"
    let comparison = compare(run(tasks("a()")), run(tasks("a()", lines: ["0": line])))
    for line in Report(comparison, names: ("a", "b\u{7}")).lines {
      #expect(line.text.utf8.count < 400)
      #expect(!line.text.unicodeScalars.contains { $0.value < 32 })
    }
  }

  @Test func `nothing is like nothing`() {
    #expect(
      words(compare(run(Batch()), run(Batch()))) == "The runs are alike: nothing happened in them.")
  }
}

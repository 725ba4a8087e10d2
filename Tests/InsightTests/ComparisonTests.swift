import Testing
import Trace
import TraceSamples

@testable import Insight

/// Where two runs part.
struct ComparisonTests {
  // MARK: Random runs

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a run is like itself, however long it took`(seed: UInt64) {
    let batch = RandomRun(seed: seed, events: 2000).script.batch
    var slow = batch
    for place in slow.events.indices { slow.events[place].time *= 3 }
    for other in [batch, slow] {
      let comparison = compare(run(batch), run(other))
      #expect(comparison.isAlike)
      #expect(comparison.parting == nil && comparison.otherStep == nil)
      #expect(comparison.work.isSameInEach)
      #expect(words(comparison).hasPrefix("The runs are alike: "))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `where two steps have changed places the runs part there`(seed: UInt64) throws {
    let batch = RandomRun(seed: seed, events: 12_000).script.batch
    let steps = wholeSteps(of: batch.events)
    let swap = try #require(
      zip(steps, steps.dropFirst()).dropFirst(Int(seed)).first { first, second in
        first.range.upperBound == second.range.lowerBound
          && makesNothing(batch.events[first.range]) && makesNothing(batch.events[second.range])
          && task(first.handle, in: batch) != task(second.handle, in: batch)
      })
    var swapped = batch
    swapped.events.replaceSubrange(
      swap.0.range.lowerBound..<swap.1.range.upperBound,
      with: batch.events[swap.1.range] + batch.events[swap.0.range])
    let comparison = compare(run(batch), run(swapped))
    #expect(comparison.parting?.step == swap.0.number)
    #expect(comparison.parting?.isOtherStep == true)
    #expect(comparison.otherStep?.step == swap.0.number)
    #expect(comparison.otherStep?.later.a == swap.1.number)
    #expect(comparison.otherStep?.later.b == swap.1.number)
    #expect(comparison.work.isSameInEach)
    #expect(words(comparison).contains("It is the same work in another order: "))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `what one lane prints otherwise is found at its event`(seed: UInt64) throws {
    var script = RandomRun(seed: seed, events: 2000).script
    let other = script.text("another line")
    let batch = script.batch
    var changed = batch
    let place = try #require(
      batch.events.indices.dropFirst(700).first { place in
        guard case .output(_, let lane, _) = batch.events[place].fact else { return false }
        return lane != .none
      })
    guard case .output(_, let lane, _) = batch.events[place].fact else { return }
    changed.events[place].fact = .output(other, by: lane, .stdout)
    let comparison = compare(run(batch), run(changed))
    #expect(comparison.parting?.step == comparison.a.timeline.steps(at: place + 1))
    #expect(comparison.parting?.a.first == place && comparison.parting?.b.first == place)
    #expect(comparison.otherStep == nil, "the same steps run")
    #expect(comparison.work.otherwise.map(\.a) == [lane])
    #expect(comparison.output.onlyInB.map(\.text).contains { $0.contains("another line") })
    #expect(words(comparison).contains("It is other work: 1 of the "))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `any two runs can be compared, and are told within bounds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let one = RandomRun(seed: seed, events: 4000, lanes: 60).script.batch
    let other = RandomRun(seed: seed + 100, events: 3000, lanes: 60).script.batch
    for (a, b) in [
      (one, other), (one.losing(9, using: &random), one), (one, Batch()),
      (Batch(texts: one.texts, events: one.events.reversed()), other),
    ] {
      let (there, back) = (compare(run(a), run(b)), compare(run(b), run(a)))
      #expect(!there.isAlike && !back.isAlike)
      #expect(there.parting?.step == back.parting?.step)
      #expect(there.isUnsure == back.isUnsure)
      #expect(there.work.onlyInA.count == back.work.onlyInB.count)
      #expect(there.work.pairCount == back.work.pairCount)
      #expect(Report(there, names: ("a", "b")).lines.count < 150)
    }
  }

  private struct Step {
    var number: Int
    var handle: HandleID
    var range: Range<Int>
  }

  private func wholeSteps(of events: [Event]) -> [Step] {
    var steps: [Step] = []
    for (place, event) in events.enumerated() {
      switch event.fact {
      case .handleBegan(let id):
        steps.append(Step(number: steps.count + 1, handle: id, range: place..<place))
      case .handleEnded:
        steps[steps.count - 1].range = steps[steps.count - 1].range.lowerBound..<place + 1
      default: break
      }
    }
    return steps
  }

  /// Identities must rise, so steps that make anything cannot change places.
  private func makesNothing(_ events: ArraySlice<Event>) -> Bool {
    !events.contains { event in
      switch event.fact {
      case .coroutineCreated, .taskCreated, .futureCreated, .handleScheduled, .timerScheduled: true
      default: false
      }
    }
  }

  private func task(_ handle: HandleID, in batch: Batch) -> Callback? {
    for event in batch.events {
      switch event.fact {
      case .handleScheduled(handle, let callback, _), .timerScheduled(handle, _, let callback):
        return callback
      default: continue
      }
    }
    return nil
  }

  // MARK: By hand

  /// `main()` makes tasks of lanes with these names, each of which prints a line and returns.
  private func tasks(_ names: String..., lines: [String: String] = [:], start: [Int]? = nil)
    -> Script
  {
    var script = Script()
    let main = script.lane("main()")
    let task = script.task(main)
    var made: [Script.Task] = []
    script.step(task.firstStep) { script in
      script.start(main)
      for name in names { made.append(script.task(script.lane(name, by: main), by: main)) }
      script.suspend(main, .gather, script.gather(made.map(\.future)))
    }
    for place in start ?? Array(names.indices) {
      script.step(made[place].firstStep) { script in
        script.start(made[place].lane)
        script.print(lines["\(place)"] ?? "\(names[place])\n", by: made[place].lane)
        script.return(made[place].lane, "None")
      }
    }
    script.add(.runEnded(exception: .empty))
    return script
  }

  @Test func `another order of tasks is told with what ran instead, why, and what follows`() {
    let comparison = compare(run(tasks("a()", "b()", "c()")), run(tasks("a()", "c()", "b()")))
    #expect(
      text(comparison) == """
        A
        x, y: 4 steps, 4 lanes, 0.000s
        B
        x, y: 4 steps, 4 lanes, 0.000s

        The runs part in step 1 of 4. It is the same work in another order: each of the 4 lanes did the \
        same, but main() in another order.

        In step 1, the first step of main(), main() goes on otherwise:
        main() started
        main() made Task-2 of a()
        A: main() made Task-3 of b()
        main() made Task-4 of c()
        main() began to wait for a gather
        B: main() made Task-3 of c()
        main() made Task-4 of b()
        main() began to wait for a gather

        From step 3 on other steps run:
        step 1  0.000s  the first step of main()
        step 2  0.000s  the first step of a()
        A: step 3  0.000s  the first step of b(); in B that is step 4
        because the first step of b() was scheduled when main() made its task, in step 1
        step 4  0.000s  the first step of c()
        B: step 3  0.000s  the first step of c(); in A that is step 4
        because the first step of c() was scheduled when main() made its task, in step 1
        step 4  0.000s  the first step of b()

        Output: the same 3 lines in another order, from line 2 on:
        A: b()
        B: c()

        """)
  }

  @Test func `a ready queue in another order is the same work`() {
    let comparison = compare(
      run(tasks("a()", "b()", "c()")), run(tasks("a()", "b()", "c()", start: [0, 2, 1])))
    #expect(comparison.parting?.step == 3 && comparison.parting?.isOtherStep == true)
    #expect(comparison.work.isSameInEach)
    #expect(words(comparison).hasSuffix("each of the 4 lanes did the same, in its own order."))
  }

  @Test func `of equals each may do what another did`() {
    let lines = ["0": "x\n", "1": "y\n"]
    let comparison = compare(
      run(tasks("w()", "w()", "z()", lines: lines)),
      run(tasks("w()", "w()", "z()", lines: ["0": "y\n", "1": "x\n"])))
    #expect(comparison.parting?.step == 2 && comparison.parting?.isOtherStep == false)
    #expect(comparison.work.isSameInEach)
    #expect(comparison.output.isSameInSum && !comparison.output.isSame)
  }

  @Test func `names may differ in ports and addresses, but not in a program's own numbers`() {
    let ports = compare(
      run(tasks("c(1, 40001)", "c(2, 40001)")), run(tasks("c(1, 50002)", "c(2, 50002)")))
    #expect(ports.isAlike && ports.work.pairCount == 3 && ports.output.restlessCount == 2)
    let numbers = compare(run(tasks("meow(1)", "b()")), run(tasks("meow(2)", "b()")))
    #expect(numbers.work.pairCount == 3 && numbers.work.renamed.count == 1)
    #expect(text(numbers).contains("meow(1) in A, meow(2) in B"))
    #expect(numbers.parting?.step == 1)
  }

  @Test func `identities are no difference`() {
    var script = Script()
    _ = script.future("future")
    _ = script.timer(at: .ms(1), Callback(function: script.text("tidy")))
    let other = tell(&script)
    var plain = Script()
    #expect(compare(run(tell(&plain)), run(other)).isAlike)
  }

  private func tell(_ script: inout Script) -> Script {
    let main = script.lane("main()")
    let task = script.task(main)
    var sleep: Script.Sleep?
    script.step(task.firstStep) { script in
      script.start(main)
      sleep = script.sleep(main, until: script.time + .ms(5))
    }
    guard let sleep else { return script }
    script.fire(sleep.timer, at: script.time + .ms(5))
    script.step(script.wake(sleep, task.future)) { script in
      script.resume(main)
      script.return(main)
    }
    return script
  }

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

  // MARK: Support

  private func run(_ script: Script) -> ComparedRun { run(script.batch) }

  private func run(_ batch: Batch) -> ComparedRun {
    var timeline = Timeline()
    timeline.append(batch)
    return ComparedRun(
      header: RunHeader(program: ["x"], clock: .virtual, runtime: "y"), timeline: timeline)
  }

  /// The paragraph that says where the runs part.
  private func words(_ comparison: Comparison) -> String {
    Report(comparison, names: ("", "")).lines.first { $0.indent < 0 }?.text ?? ""
  }

  private func text(_ comparison: Comparison) -> String {
    Report(comparison, names: ("", "")).lines.map { line in
      line.mark + (line.mark.isEmpty || line.text.isEmpty ? "" : ": ") + line.text + "\n"
    }.joined()
  }
}

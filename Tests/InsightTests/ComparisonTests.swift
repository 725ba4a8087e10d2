import Testing
import Trace
import TraceSamples

@testable import Insight

/// Where two runs part, and which lanes are the same.
struct ComparisonTests {
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

  @Test func `lines count where both runs are of one text, and values under one runtime`() {
    func story(line: UInt32, value: String) -> Script {
      var script = Script()
      let main = script.lane("main()")
      let task = script.task(main)
      var next = HandleID.none
      script.step(task.firstStep) { script in
        script.start(main)
        script.suspend(main, .yield, line: line)
        next = script.schedule(Callback(.step, task.future), Cause(.yielded))
      }
      script.step(next) { script in
        script.resume(main)
        script.return(main, value)
      }
      return script
    }
    func step(_ line: UInt32, _ value: String, runtime: String = "y", source: String = "s") -> Int?
    {
      compare(
        run(story(line: 1, value: "1"), source: "s"),
        run(story(line: line, value: value), runtime: runtime, source: source)
      ).parting?.step
    }
    #expect(step(1, "1") == nil)
    #expect(step(2, "1") == 1)
    #expect(step(2, "1", source: "t") == nil)
    #expect(step(2, "1", runtime: "z") == nil)
    #expect(step(1, "2") == 2)
    #expect(step(1, "2", source: "t") == 2)
    #expect(step(1, "2", runtime: "z") == nil)
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
}

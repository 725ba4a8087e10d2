import Insight
import Testing
import Trace
import TraceSamples

struct DescriptionTests {
  /// A run with each kind of fact in it.
  private static let run: Script = {
    var run = Script()
    let main = run.lane("main()", line: 10)
    let task = run.task(main)
    run.tick()
    run.begin(task.firstStep)
    run.start(main)
    let cat = run.lane("cat()", by: main, line: 4)
    let meow = run.task(cat, by: main)
    run.print("hello\n", by: main)
    run.add(.output(run.text("a\u{9}b\u{202E}"), by: .none, .stderr))
    run.add(.warned(run.text("RuntimeWarning: x"), by: main))
    run.add(.exceptionReported(run.text("Task exception was never retrieved"), by: .none))
    run.add(.marked(run.text("half time")))
    let gather = run.gather([meow.future])
    run.suspend(main, .gather, gather, line: 12)
    run.end(task.firstStep)
    run.begin(meow.firstStep)
    run.start(cat)
    let second = run.awaitNew("cat()", by: cat, line: 5)
    let sleep = run.sleep(second, until: .ms(1500), line: 6)
    run.end(meow.firstStep)
    let tidy = run.timer(at: .ms(1600), Callback(function: run.text("tidy")))
    run.add(.handleCancelled(tidy))
    run.fire(sleep.timer, at: .ms(1500))
    let wakeup = run.wake(sleep, meow.future)
    run.begin(wakeup)
    run.resume(second)
    run.suspend(second, .yield, line: 7)
    _ = run.schedule(Callback(.step, meow.future), Cause(.yielded))
    run.add(.coroutineRaised(second, exception: run.text("KeyError: 1")))
    run.return(cat, "'purr'")
    _ = run.resolve(meow.future, then: Callback(.memberDone, gather))
    _ = run.schedule(Callback(.stop, task.future), Cause(.futureResolved, task.future))
    _ = run.schedule(Callback(function: run.text("poke")), Cause(.external))
    run.add(.futureResolved(gather, .cancelled))
    run.add(.coroutineCancelled(main))
    let dog = run.lane("", by: main, calledAt: 15)
    run.add(.coroutineNeverAwaited(dog))
    run.add(.dropped(count: 1))
    run.add(.runEnded(exception: run.text("KeyboardInterrupt")))
    return run
  }()

  private static let expected = """
    0.000s  start  main() was created, defined at demo.py:10
    0.000s  start  Task-1 was made of main()
    0.000s  start  the first step of main() entered the ready queue, because its task was made
    0.000s  step 1  tick 1 began
    0.000s  step 1  step 1 began: the first step of main()
    0.000s  step 1  main() started
    0.000s  step 1  main() created cat(), defined at demo.py:4
    0.000s  step 1  main() made Task-2 of cat()
    0.000s  step 1  the first step of cat() entered the ready queue, because its task was made
    0.000s  step 1  main() printed "hello"
    0.000s  step 1  the program wrote to stderr "a\\tb\\u{202e}"
    0.000s  step 1  main() gave a warning: RuntimeWarning: x
    0.000s  step 1  the loop reported an exception: Task exception was never retrieved
    0.000s  step 1  a mark was set: half time
    0.000s  step 1  gather future 3 was made
    0.000s  step 1  gather future 3 came to wait for cat()
    0.000s  step 1  main() began to wait for a gather, at line 12
    0.000s  step 1  step 1 ended
    0.000s  step 2  step 2 began: the first step of cat()
    0.000s  step 2  cat() started
    0.000s  step 2  cat() created cat()#2, defined at demo.py:5
    0.000s  step 2  cat() awaited cat()#2, at line 5
    0.000s  step 2  cat()#2 started
    0.000s  step 2  sleep future 4 was made
    0.000s  step 2  a timer was set to fire at 1.500 s: the end of cat()#2's sleep
    0.000s  step 2  cat()#2 went to sleep until 1.500 s, at line 6
    0.000s  step 2  step 2 ended
    0.000s  step 3  a timer was set to fire at 1.600 s: the callback tidy
    0.000s  step 3  the callback tidy was cancelled
    1.500s  step 3  the clock jumped from 0.000 s to 1.500 s
    1.500s  step 3  tick 2 began
    1.500s  step 3  a timer fired: the end of cat()#2's sleep
    1.500s  step 3  step 3 began: the end of cat()#2's sleep
    1.500s  step 3  sleep future 4 got its result
    1.500s  step 3  the wakeup of cat() entered the ready queue, because sleep future 4 was done
    1.500s  step 3  step 3 ended
    1.500s  step 4  step 4 began: the wakeup of cat()
    1.500s  step 4  cat()#2 went on
    1.500s  step 4  cat()#2 gave up its turn, at line 7
    1.500s  step 4  the next step of cat() entered the ready queue, because it gave up its turn
    1.500s  step 4  cat()#2 raised KeyError: 1
    1.500s  step 4  cat() returned 'purr'
    1.500s  step 4  the task cat() got its result
    1.500s  step 4  a member's report to gather future 3 entered the ready queue, because the task cat() was done
    1.500s  step 4  the stop of the loop entered the ready queue, because the task main() was done
    1.500s  step 4  the callback poke entered the ready queue, asked for from outside the loop
    1.500s  step 4  gather future 3 was cancelled
    1.500s  step 4  main() was cancelled
    1.500s  step 4  main() created lane 4, defined in demo.py
    1.500s  step 4  lane 4 was called, at demo.py:15
    1.500s  step 4  lane 4 was never awaited
    1.500s  step 4  1 event was lost
    1.500s  step 4  the run ended with KeyboardInterrupt
    """

  @Test
  func `each kind of fact has its line`() {
    let timeline = Self.run.timeline
    let lines = timeline.events.indices.map(timeline.line(forEvent:))
    let expected = Self.expected.split(separator: "\n").map(String.init)
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
  }

  @Test
  func `the sentences of several events stand in one column`() {
    let batch = Batch(
      events: [
        Event(time: 0, fact: .tickBegan(1)),
        Event(time: 1_000, fact: .tickBegan(2)),
        Event(time: 12_000_000_000, fact: .tickBegan(3)),
      ])
    var timeline = Timeline()
    timeline.append(batch)
    #expect(
      Array(timeline.lines(forEvents: 0..<3)) == [
        "   0.000s  start  tick 1 began", "0.000001s  start  tick 2 began",
        "  12.000s  start  tick 3 began",
      ])
  }

  @Test
  func `a long run in which no coroutine starts is gone through once`() {
    var run = Script()
    _ = run.task(run.lane("main()"))
    for _ in 0..<100_000 { run.tick() }
    let timeline = run.timeline
    let time = processorTime {
      #expect((0..<run.cursor).allSatisfy { timeline.place(ofEvent: $0) == "0.000s  start" })
    }
    #expect(time < 20)
  }

  @Test(
    arguments: [
      (0, "0.000 s"), (5, "5 ns"), (12_345, "12 µs"), (1_000_000, "0.001 s"),
      (61_250_999_999, "61.250 s"), (-400_000_000, "-0.400 s"),
      (3_599_999_999_999, "3599.999 s"), (3_605_250_000_000, "1:00:05.250"),
      (.min, "-106751d 23:47:16.854"),
    ] as [(Int64, String)])
  func `a duration is shown in a unit that tells something`(nanoseconds: Int64, text: String) {
    #expect(seconds(nanoseconds) == text)
  }

  @Test
  func `what could steer a terminal is made visible`() {
    #expect(plain("meow(3) → Ünï") == "meow(3) → Ünï")
    #expect(
      plain("\u{1B}]0;x\u{7}\r\n\u{9B}\u{7F}\u{200F}") == "\\x1b]0;x\\x07\\r\\n\\x9b\\x7f\\u{200f}")
  }
}

import Testing
import Trace
import TraceSamples

@testable import Insight

/// What is said of what a loop did.
struct StatsReportTests {
  private let header = RunHeader(
    program: ["app.py", "-v"], clock: .real, runtime: "CPython 3.13.0")

  private func report(
    _ run: Script, by order: StatsReport.Order = .time, limit: Int = 20
  ) -> StatsReport {
    let timeline = run.timeline
    let stats = timeline.stats(in: 0..<run.cursor)
    return StatsReport(stats, in: timeline, of: header, by: order, limit: limit)
  }

  /// One worker computes for 30 ms while the other waits for its turn.
  private var twoWorkers: Script {
    var run = Script()
    let first = run.lane("work(1)", line: 4)
    let one = run.task(first)
    let second = run.lane("work(2)", line: 4)
    let two = run.task(second)
    run.time = .ms(10)
    var nap: Script.Sleep?
    run.step(one.firstStep) { run in
      run.start(first)
      run.time = .ms(40)
      nap = run.sleep(first, until: .ms(50), line: 7)
    }
    run.step(two.firstStep) { run in
      run.start(second)
      run.time = .ms(45)
      run.add(.coroutineRaised(second, exception: run.text("ValueError: no")))
      run.add(.futureResolved(two.future, .exception))
    }
    run.time = .ms(52)
    guard let nap else { return run }
    run.add(.timerFired(nap.timer))
    let wakeup = run.wake(nap, one.future)
    run.step(wakeup) { run in
      run.resume(first)
      run.time = .ms(60)
      run.return(first)
    }
    run.add(.runEnded(exception: .empty))
    return run
  }

  @Test func `the loop first, then a row a function`() {
    #expect(
      report(twoWorkers).lines == [
        "app.py -v: 0.060 s, from 0.000s to 0.060s, on CPython 3.13.0.", "",
        "loop           71% busy (0.043 s), 4 steps in 0 ticks",
        "lanes          2 made, 2 at once at most, 0 left at the end; 2 tasks",
        "longest step   30.0ms, step 1 at 0.010s: work(1) in demo.py from its beginning to line 7",
        "in the queue   median 0ns, 99% 40.0ms, longest 40.0ms: the first step of work(2),"
          + " step 2 at 0.040s",
        "longest queue  2 handles, at 0.000s",
        "timers         1 set, 1 fired; late by median 2.00ms, 99% 2.00ms, longest 2.00ms:"
          + " the end of work(1)'s sleep, step 3 at 0.052s",
        "",
        "calls  at once  failed  steps    time  longest    life   ready   timer  function",
        "    2        2       1      3  43.0ms   30.0ms  52.5ms  50.0ms  12.0ms  work(…)  demo.py:4",
        "    1        –       –      1       –        –       –       –       –  the loop itself",
        "    3        2       1      4  43.0ms   30.0ms  52.5ms  50.0ms  12.0ms  all",
      ])
  }

  @Test func `a part of a run counts what lies in it`() {
    let timeline = twoWorkers.timeline
    let start = timeline.cursor(atTime: .ms(20))
    let stats = timeline.stats(in: start..<timeline.cursor(atTime: .ms(40)), now: .ms(42))
    #expect(stats.times == .ms(10)..<(.ms(42)))
    #expect(stats.busy == .ms(32))
    #expect(stats.functions.map(\.earlier) == [2])
    #expect(stats.functions.first?.waits[.ready] == .ms(30))
    #expect(stats.functions.first?.waits[.timer] == .ms(2))
  }

  @Test func `who stood there before the first step was there before, and is not made`() {
    var run = Script()
    let old = run.lane("old()")
    let task = run.task(old)
    run.start(old)
    run.time = .ms(1)
    run.suspend(old, .future, run.future("future"))
    let new = run.task(run.lane("new()"))
    run.time = .ms(5)
    run.step(new.firstStep) { run in
      run.start(new.lane)
      run.suspend(new.lane, .task, task.future)
    }
    let functions = run.timeline.stats(in: 0..<run.cursor).functions
    #expect(functions.map(\.name) == ["old()", "new()"])
    #expect(functions.map(\.earlier) == [1, 0] && functions.map(\.calls) == [0, 1])
    #expect(functions.first?.waits[.future] == .ms(4))
    #expect(report(run).lines[3].contains("1 made, 1 there before, 2 at once at most, 2 left"))
  }

  @Test func `a queue that fills up, and the coroutines that pile up, are told`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    let jobs = ResourceID(1)
    let never = run.future("event 1")
    run.begin(task.firstStep)
    run.start(main)
    run.add(.resourceCreated(jobs, .queue, name: run.text("queue 1"), limit: 0))
    run.end(task.firstStep)
    for number in 1...100 {
      run.time = .ms(Int64(number))
      let tick = run.schedule(Callback(function: run.text("tick")), Cause(.external))
      var first = HandleID.none
      run.step(tick) { run in
        run.add(.resourceChanged(jobs, level: UInt32(number), holder: .none))
        first = run.task(run.lane("stuck(\(number))", line: 9)).firstStep
      }
      run.step(first) { run in
        run.start(LaneID(UInt32(number + 1)))
        run.suspend(LaneID(UInt32(number + 1)), .event, never)
      }
    }
    let report = report(run, by: .atOnce, limit: 1)
    #expect(
      report.growth == [
        "More and more of stuck(…): 12.0, 37.0, 62.0 and 87.0 on average in the four quarters of the"
          + " time; 100 made, 100 at once, 100 left at the end. The oldest, stuck(1), is waiting for"
          + " an event to be set since 0.001s.",
        "More and more in queue 1: 12.0, 37.0, 62.0 and 87.0 on average in the four quarters of the"
          + " time; 100 at most, 100 at the end.",
      ])
    #expect(
      report.lines.suffix(3) == [
        "", "most    mean in each quarter  shared", " 100  12.0  37.0  62.0  87.0  queue 1",
      ])
    #expect(report.lines.contains { $0.hasSuffix("2 others") })
  }

  @Test func `what was there all the time, and what goes down, does not grow`() {
    var steady = Course(0..<400, ofCounts: true)
    steady.add(50, from: 0, to: 400)
    #expect(steady.means == [50_000, 50_000, 50_000, 50_000] && !steady.grows)
    var falling = Course(0..<400, ofCounts: false)
    for (place, level) in [40, 30, 20, 10].enumerated() {
      falling.add(UInt32(level), from: Int64(place * 100), to: Int64(place * 100 + 100))
    }
    #expect(falling.means == [40_000, 30_000, 20_000, 10_000] && !falling.grows)
    var slow = Course(0..<400, ofCounts: false)
    for (place, level) in [1, 2, 3, 4].enumerated() {
      slow.add(UInt32(level), from: Int64(place * 100), to: Int64(place * 100 + 100))
    }
    #expect(!slow.grows)
  }

  @Test(arguments: [
    (0, "0ns"), (999, "999ns"), (1000, "1.00µs"), (12_345, "12.3µs"), (999_999, "999µs"),
    (1_234_567, "1.23ms"), (59_999_999_999, "59.9s"), (3_599_000_000_000, "3599s"),
    (3_600_000_000_000, "1.00h"), (86_399_000_000_000, "23.9h"), (86_400_000_000_000, "1.00d"),
    (.max, "213503d"),
  ])
  func `durations have three digits`(nanoseconds: UInt64, text: String) {
    #expect(threeDigits(nanoseconds) == text)
  }
}

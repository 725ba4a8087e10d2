import Testing
import Trace

@testable import Loop

struct TimerTests {
  @Test func `callLater runs after so many seconds, callAt at a moment`() {
    let run = Run {
      let loop = runningLoop()
      loop.callLater(2, "later") { print("later", loop.time) }
      loop.callAt(1_500_000_000, "at") { print("at", loop.time) }
      loop.callAt(-5, "past") { print("past", loop.time) }
      try await sleep(3)
    }
    #expect(run.output == ["past 0", "at 1500000000", "later 2000000000"])
  }

  @Test func `a timer knows when, and what passed earlier comes earlier`() {
    let run = Run {
      let loop = runningLoop()
      try await sleep(1)
      print(loop.callLater(2.5) {}.when, loop.callAt(7) {}.when)
      let late = loop.callLater(-0.25) { print("late") }
      print(late.when)
      loop.callLater(-0.5) { print("earlier") }
      loop.callSoon { print("soon") }
      try await sleep(1)
    }
    #expect(run.output == ["3500000000 7", "750000000", "soon", "earlier", "late"])
  }

  @Test func `who asks again and again whether a moment has come is answered at last`() {
    let run = Run {
      let loop = runningLoop()
      try await sleep(1)
      loop.callLater(1e-3) { print("timer", loop.time > 1_001_000_000) }
      for _ in 1...900 { try await sleep(0) }
      print(loop.time)
      while loop.time < 1_100_000_000 { try await sleep(0) }
      let late = loop.time
      print(late - 1_100_000_000 < 20_000)
      try await sleep(1)
      print(loop.time == late + 1_000_000_000)
    }
    #expect(run.output == ["1000000000", "timer True", "True", "True"])
  }

  @Test func `a cancelled timer never makes the clock jump`() {
    let run = Run {
      let loop = runningLoop()
      let late = loop.callLater(100) { print("never") }
      loop.callLater(50) { print("never") }.cancel()
      try await sleep(1)
      late.cancel()
    }
    #expect(run.output.isEmpty)
    #expect(run.seconds == 1)
    #expect(run.jumps == 1)
  }

  @Test func `a loop whose timers are all cancelled has nothing left`() {
    let loop = EventLoop(clock: .virtual, echo: nil)
    loop.callLater(1) {}.cancel()
    #expect(loop.runHandle() == .exhausted)
    #expect(loop.time == 0)
    loop.close()
  }

  @Test func `thousands of cancelled timers are swept away`() {
    let loop = EventLoop(clock: .virtual, echo: nil)
    let kept = loop.callLater(10) {}
    for number in 1...5_000 { loop.callLater(Double(number)) {}.cancel() }
    #expect(loop.timers.count < 300)
    #expect(loop.runHandle() == .ran)
    #expect(loop.time == 10_000_000_000)
    #expect(!kept.isCancelled)
    loop.close()
  }

  @Test func `a timer cancelled after it has fired does not run`() {
    let run = Run {
      let loop = runningLoop()
      var second: Loop.Handle?
      loop.callLater(1, "first") { second?.cancel() }
      second = loop.callLater(1, "second") { print("never") }
      try await sleep(2)
    }
    #expect(run.output.isEmpty)
  }

  @Test func `a deadline beyond counting is held at the end of time`() {
    let loop = EventLoop(clock: .virtual, echo: nil)
    loop.callLater(.infinity) {}
    #expect(loop.runHandle(limit: 1_000) == .idle(until: .max))
    loop.close()
  }

  @Test func `a virtual clock does not jump past a limit`() {
    let loop = EventLoop(clock: .virtual, echo: nil)
    var ran = false
    loop.callLater(2) { ran = true }
    #expect(loop.runHandle(limit: 1_000_000_000) == .idle(until: 2_000_000_000))
    #expect(loop.time == 0 && !ran)
    #expect(loop.runHandle(limit: 2_000_000_000) == .ran)
    #expect(ran)
    loop.close()
  }

  @Test func `a delay that is no number is none, and time stops at its end`() {
    let run = Run {
      let loop = runningLoop()
      loop.callLater(.nan) { print("nan", loop.time) }
      print(await thrown { try await timeout(.nan) { _ in try await sleep(1) } }, loop.time)
      timeSleep(.nan)
      timeSleep(-1)
      print(loop.time)
      for _ in 1...2 { timeSleep(.infinity) }
      print(loop.time == .max)
    }
    #expect(run.failure == nil)
    #expect(run.output == ["nan 0", "TimeoutError 0", "0", "True"])
  }

  @Test func `a thread that sleeps for ever ends at the end of time`() {
    let run = Run {
      try await sleep(1)
      try await toThread {
        for _ in 1...2 { timeSleep(.infinity) }
      }
      print(runningLoop().time == .max)
    }
    #expect(run.output == ["True"])
  }
}

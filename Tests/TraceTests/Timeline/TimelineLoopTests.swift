import Testing
import Trace
import TraceSamples

struct TimelineLoopTests {
  @Test
  func `the ready queue is first in, first out, without what is cancelled`() {
    var run = Script()
    let tidy = Callback(function: run.text("tidy"))
    let handles = (0..<4).map { _ in run.schedule(tidy, Cause(.callSoon)) }
    let full = run.cursor
    run.add(.handleCancelled(handles[1]))
    let cancelled = run.cursor
    run.begin(handles[0])
    let begun = run.cursor
    run.end(handles[0])
    run.begin(handles[2])
    let timeline = run.timeline
    #expect(timeline.readyQueue(at: full).handles == handles)
    #expect(timeline.readyQueue(at: full, limit: 2).handles == Array(handles[..<2]))
    #expect(timeline.readyQueue(at: full, limit: 2).count == 4)
    #expect(timeline.readyQueue(at: cancelled).handles == [handles[0], handles[2], handles[3]])
    #expect(timeline.readyQueue(at: begun).handles == [handles[2], handles[3]])
    #expect(timeline.readyQueue(at: run.cursor).handles == [handles[3]])
    #expect(timeline.place(of: handles[3], at: full) == 3)
    #expect(timeline.place(of: handles[3], at: cancelled) == 2)
    #expect(timeline.place(of: handles[1], at: cancelled) == nil)
    #expect(timeline.place(of: handles[0], at: begun) == nil)
  }

  @Test
  func `timers come by deadline, equal ones in the order in which they were set`() {
    var run = Script()
    let tidy = Callback(function: run.text("tidy"))
    let late = run.timer(at: 30, tidy)
    let first = run.timer(at: 10, tidy)
    let second = run.timer(at: 10, tidy)
    let set = run.cursor
    run.add(.handleCancelled(second))
    run.fire(first, at: 10)
    let timeline = run.timeline
    #expect(timeline.timers(at: set).handles == [first, second, late])
    #expect(timeline.timers(at: set, limit: 1).handles == [first])
    #expect(timeline.timers(at: run.cursor).handles == [late])
    #expect(timeline.readyQueue(at: run.cursor).handles == [first])
    let handle = timeline.handle(first)
    #expect(handle?.when == 10)
    #expect(handle?.cause == Cause(.timer))
    #expect(handle?.entered == run.cursor - 1)
    #expect(timeline.handle(second)?.cancelled == set)
  }

  @Test
  func `a handle that runs a loop of its own goes on when the handles of that are over`() {
    var run = Script()
    let (outer, inner) = (run.lane("outer()"), run.lane("inner()"))
    let (first, second) = (run.task(outer), run.task(inner))
    run.begin(first.firstStep)
    run.start(outer)
    let before = run.cursor
    run.step(second.firstStep) { run in
      run.start(inner)
      run.return(inner)
    }
    let after = run.cursor
    let tidy = run.schedule(Callback(function: run.text("tidy")), Cause(.callSoon))
    run.begin(tidy)
    let inTidy = run.cursor
    run.end(tidy)
    run.return(outer)
    run.end(first.firstStep)
    let timeline = run.timeline
    let moments = (0...run.cursor).map(timeline.moment)
    #expect(moments[before].handle == first.firstStep && moments[before].lane == outer)
    #expect(moments[before + 2].handle == second.firstStep && moments[before + 2].lane == inner)
    #expect(moments[after].handle == first.firstStep && moments[after].lane == outer)
    #expect(moments[inTidy].handle == tidy && moments[inTidy].lane == .none)
    #expect(moments[inTidy + 1].handle == first.firstStep && moments[inTidy + 1].lane == outer)
    #expect(moments[run.cursor].handle == .none && moments[run.cursor].lane == .none)
    #expect(timeline.contradictionCount == 0)
  }

  /// A prologue of 3 events, a step of 3, and one of 7 with its jump, tick and timer.
  private func twoSteps() -> Script {
    var run = Script()
    let main = run.lane("main()")
    let timer = run.timer(at: .ms(2), Callback(function: run.text("later")))
    let soon = run.schedule(Callback(function: run.text("soon")), Cause(.callSoon))
    run.tick()
    run.begin(soon)
    run.end(soon)
    run.fire(timer, at: .ms(2))
    run.begin(timer)
    run.print("x", by: main)
    run.end(timer)
    run.add(.runEnded(exception: .empty))
    return run
  }

  @Test
  func `a step begins with the jump, the tick and the timers before its handle`() {
    let timeline = twoSteps().timeline
    #expect(timeline.stepCount == 2)
    #expect((0...3).map(timeline.cursor(afterSteps:)) == [3, 6, 13, 13])
    #expect((0...13).map(timeline.steps(at:)) == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
    #expect(
      (0...13).map(timeline.nextStep(after:)) == [
        3, 3, 3, 6, 6, 6, 13, 13, 13, 13, 13, 13, 13, nil,
      ])
    #expect(
      (0...13).map(timeline.previousStep(before:)) == [
        0, 1, 2, 3, 3, 3, 3, 6, 6, 6, 6, 6, 6, 6,
      ])
    #expect(timeline.handle(ofStep: 1) == HandleID(2))
    #expect(timeline.handle(ofStep: 2) == HandleID(1))
    #expect(timeline.handle(ofStep: 3) == nil)
  }

  @Test
  func `a step forward is a whole step, wherever it begins`() {
    let timeline = twoSteps().timeline
    #expect(
      (0...13).map(timeline.cursor(afterStepFrom:)) == [
        6, 6, 6, 6, 6, 6, 13, 13, 13, 13, 13, 13, 13, 13,
      ])
    // What a child prints between two steps is none.
    var run = Script()
    let main = run.task(run.lane("main()"))
    run.step(main.firstStep) { _ in }
    let between = run.cursor
    run.print("from a child", by: .none)
    let begun = run.cursor
    run.step(run.schedule(Callback(function: .empty), Cause(.external))) { _ in }
    #expect(run.timeline.cursor(afterStepFrom: between) == run.cursor)
    #expect(run.timeline.cursor(afterStepFrom: begun) == run.cursor)
    #expect(run.timeline.cursor(afterStepFrom: between - 1) == between + 1)
  }

  @Test
  func `a tick that found nothing to run belongs to the step that comes after it`() {
    var run = twoSteps()
    run.tick()
    #expect(run.timeline.nextStep(after: 13) == 14)
    run.tick()
    let soon = run.schedule(Callback(function: .empty), Cause(.external))
    run.begin(soon)
    let timeline = run.timeline
    #expect(timeline.cursor(afterSteps: 2) == 13)
    #expect(timeline.nextStep(after: 13) == run.cursor)
  }

  @Test
  func `a moment tells time, tick, step and what runs`() {
    let timeline = twoSteps().timeline
    #expect(timeline.moment(at: 0) == timeline.moment(at: -1))
    let moment = timeline.moment(at: 10)
    #expect(moment.time == .ms(2))
    #expect(moment.tick == 2)
    #expect(moment.step == 2)
    #expect(moment.handle == HandleID(1))
    #expect(timeline.moment(at: 6).handle == .none)
    #expect(timeline.moment(at: 99) == timeline.moment(at: 13))
  }

  @Test
  func `a cursor is found by time and by part of the run`() {
    let timeline = twoSteps().timeline
    #expect(timeline.cursor(atTime: -1) == 0)
    #expect(timeline.cursor(atTime: 0) == 6)
    #expect(timeline.cursor(atTime: .ms(1)) == 6)
    #expect(timeline.cursor(atTime: .ms(2)) == 13)
    #expect(timeline.cursor(atFraction: 0) == 3)
    #expect(timeline.cursor(atFraction: 0.3) == 3)
    #expect(timeline.cursor(atFraction: 0.5) == 6)
    #expect(timeline.cursor(atFraction: 1) == 13)
    #expect(timeline.cursor(atFraction: .nan) == 13)
    #expect(timeline.cursor(atFraction: -.infinity) == 3)
  }

  @Test
  func `what was printed is listed up to a cursor`() {
    let timeline = twoSteps().timeline
    #expect(timeline.outputs.count(at: 10) == 0)
    #expect(timeline.outputs.count(at: 11) == 1)
    let output = timeline.output(0)
    #expect(output.event == 10)
    #expect(output.lane == LaneID(1))
    #expect(timeline.text(output.text) == "x")
  }

  @Test
  func `time never runs backwards`() {
    var timeline = Timeline()
    let times: [Int64] = [-5, 3, 1, .min, 4]
    timeline.append(Batch(events: times.map { Event(time: $0, fact: .marked(.empty)) }))
    #expect(timeline.events.map(\.time) == [0, 3, 3, 3, 4])
  }

  @Test
  func `an empty timeline answers`() {
    let timeline = Timeline()
    #expect(timeline.moment(at: 0).time == 0)
    #expect(timeline.nextStep(after: 0) == nil)
    #expect(timeline.previousStep(before: 0) == 0)
    #expect(timeline.cursor(afterSteps: 0) == 0)
    #expect(timeline.cursor(atFraction: 0.5) == 0)
    #expect(timeline.readyQueue(at: 0).count == 0)
    #expect(timeline.timers(at: 0).count == 0)
    #expect(timeline.state(of: LaneID(1), at: 0) == .unknown)
    #expect(timeline.text(TextID(9)) == "")
  }

  @Test
  func `a lane may have held any number of locks`() {
    var run = Script()
    let lane = run.lane("main()")
    run.add(.coroutineStarted(lane))
    let locks = (1...150_000).map { ResourceID($0) }
    for lock in locks {
      run.add(.resourceCreated(lock, .lock, name: .empty, limit: 1))
      run.add(.resourceChanged(lock, level: 1, holder: lane))
    }
    var timeline = Timeline()
    #expect(processorTime { timeline.append(run.batch) } < 20)
    #expect(timeline.held(by: lane, at: run.cursor).map(\.id) == locks)
  }
}

import Insight
import Testing
import Trace
import TraceSamples

/// Which awaits came one after the other, and might have run side by side.
struct AwaitsInTurnTests {
  /// What a lane awaits, and when it makes that.
  private struct Member {
    var name: String
    var time: Int64
    var line: UInt32 = 5
    var fails = false
  }

  @Test func `coroutines that are made first and then awaited in turn might run side by side`()
    throws
  {
    var run = Script()
    let found = try awaits(
      of: [("one()", 100), ("two()", 300), ("three()", 200)].map { Member(name: $0.0, time: $0.1) },
      areMadeBefore: true, in: &run)
    #expect(found.count == 1)
    #expect(found.first?.wereMadeBefore == true)
    #expect(found.first?.members.count == 3)
    #expect(found.first?.elapsed == .ms(600))
    #expect(found.first?.sideBySide == .ms(300))
    #expect(found.first?.saving == .ms(300))
  }

  @Test func `so might those that one line awaits with other arguments each`() throws {
    var run = Script()
    let found = try awaits(
      of: [Member(name: "fetch(1)", time: 100), Member(name: "fetch(2)", time: 100)], in: &run)
    #expect(found.map(\.wereMadeBefore) == [false])
    let timeline = run.timeline
    let path = try #require(timeline.criticalPath(of: LaneID(1), at: run.cursor))
    let report = PathReport(path, at: run.cursor, in: timeline, limit: 9)
    #expect(
      report.advice == [
        "main() awaited fetch(1) and fetch(2) one after the other, at line 5: 0.200 s. If none "
          + "needs what another returns, side by side they need 0.100 s at least."
      ])
  }

  @Test(
    arguments: [
      // The same again: what a loop reads from one connection.
      [Member(name: "read()", time: 100), Member(name: "read()", time: 100)],
      // Other lines: the second may go on from what the first returned.
      [Member(name: "find(1)", time: 100), Member(name: "load(1)", time: 100, line: 6)],
      // It would save next to nothing.
      [Member(name: "fetch(1)", time: 100), Member(name: "fetch(2)", time: 4)],
      [Member(name: "fetch(1)", time: 100)],
      // The second is there because the first failed.
      [Member(name: "fetch(1)", time: 100, fails: true), Member(name: "fetch(2)", time: 100)],
    ])
  private func `nothing is said of`(members: [Member]) throws {
    var run = Script()
    #expect(try awaits(of: members, in: &run).isEmpty)
  }

  @Test func `nor where the lane waits itself in between`() throws {
    var run = Script()
    let members = [Member(name: "fetch(1)", time: 100), Member(name: "fetch(2)", time: 100)]
    #expect(try awaits(of: members, pause: .ms(50), in: &run).isEmpty)
  }

  @Test func `what keeps the loop busy takes as long side by side`() throws {
    var run = Script()
    let members = [Member(name: "burn(1)", time: 100), Member(name: "burn(2)", time: 100)]
    #expect(try awaits(of: members, areBusy: true, in: &run).isEmpty)
  }

  @Test func `what all hold one lock for takes as long side by side`() throws {
    let members = [Member(name: "write(1)", time: 100), Member(name: "write(2)", time: 100)]
    var run = Script()
    #expect(try awaits(of: members, lock: true, in: &run).isEmpty)
  }

  @Test func `arguments that a recorder leaves out may be others`() throws {
    let members = [Member(name: "send(…)", time: 100), Member(name: "send(…)", time: 100)]
    var run = Script()
    #expect(try awaits(of: members, in: &run).map(\.wereMadeBefore) == [false])
  }

  /// Writes a run in which main() awaits some coroutines in turn.
  private func awaits(
    of members: [Member], areMadeBefore: Bool = false, areBusy: Bool = false, pause: Int64? = nil,
    lock: Bool = false, in run: inout Script
  ) throws -> [AwaitsInTurn] {
    let main = run.lane("main()")
    let task = run.task(main).future
    if lock {
      run.add(.resourceCreated(ResourceID(1), .lock, name: run.text("lock 1"), limit: 1))
    }
    var step = HandleID(1)
    run.begin(step)
    run.start(main)
    func sleep(_ lane: LaneID, _ time: Int64) {
      let sleep = run.sleep(lane, until: run.time + time)
      run.end(step)
      run.fire(sleep.timer, at: run.time + time)
      step = run.wake(sleep, task)
      run.begin(step)
      run.resume(lane)
    }
    let made = areMadeBefore ? members.map { run.lane($0.name, by: main) } : []
    for (place, member) in members.enumerated() {
      if place > 0, let pause { sleep(main, pause) }
      let lane = areMadeBefore ? made[place] : run.lane(member.name, by: main)
      run.add(.coroutineAwaited(by: main, lane, line: member.line))
      run.start(lane)
      if lock { run.add(.resourceChanged(ResourceID(1), level: 1, holder: lane)) }
      if areBusy { run.time += .ms(member.time) } else { sleep(lane, .ms(member.time)) }
      if lock { run.add(.resourceChanged(ResourceID(1), level: 0, holder: .none)) }
      if member.fails {
        run.add(.coroutineRaised(lane, exception: run.text("ValueError")))
      } else {
        run.return(lane)
      }
      run.resume(main)
    }
    run.return(main)
    run.end(step)
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    return run.timeline.awaitsInTurn(on: path, at: run.cursor)
  }
}

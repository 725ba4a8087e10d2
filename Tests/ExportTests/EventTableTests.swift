import Export
import Testing
import Trace
import TraceSamples

/// The run as CSV.
@Suite struct EventTableTests {
  @Test func `a row for each event has its place, its kind, its lane and what it says`() throws {
    var script = Script()
    let main = script.lane("main()", line: 3)
    script.add(.coroutineStarted(main))
    script.time = 1_500
    script.add(.coroutineReturned(main, value: script.text("[1, \"two\"]")))
    let rows = try exported(script.timeline)
    #expect(
      rows == [
        "event,time_ns,step,tick,kind,lane,lane_name,text",
        "1,0,0,0,created,1,main(),\"main() was created, defined at demo.py:3\"",
        "2,0,0,0,started,1,main(),main() started",
        "3,1500,0,0,returned,1,main(),\"main() returned [1, \"\"two\"\"]\"",
      ])
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)"])
  func `no spreadsheet takes a name for a formula`(name: String) throws {
    var script = Script()
    _ = script.lane(name)
    let row = try exported(script.timeline)[1]
    #expect(row.hasSuffix("created,1,'\(name),\"'\(name) was created, defined in demo.py\""))
  }

  @Test func `a sign with a mark over it is the same to a spreadsheet`() throws {
    var script = Script()
    _ = script.lane("=\u{FE0F}1,\u{301}\"\u{301}")
    let row = try exported(script.timeline)[1]
    #expect(
      row.unicodeScalars.contains { $0 == "'" }
        && row.utf8.count { $0 == UInt8(ascii: "\"") } == 8, "\(row)")
    #expect(row.utf8.starts(with: "1,0,0,0,created,1,\"'=".utf8))
  }

  @Test func `a row is one line, whatever was printed`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.add(.output(script.text("one\n\u{1B}[31mtwo\r\n"), by: lane, .stdout))
    let rows = try exported(script.timeline)
    #expect(rows.count == 3)
    #expect(rows[2].hasSuffix("\"main() printed \"\"one\\n\\x1b[31mtwo\\r\"\"\""))
  }

  @Test func `steps and ticks are those of the timeline`() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let timeline = randomTimeline(seed: seed)
      let rows = try exported(timeline)
      #expect(rows.count == timeline.events.count + 1)
      for index in timeline.events.indices {
        let cells = rows[index + 1].split(separator: ",", omittingEmptySubsequences: false)
        let moment = timeline.moment(at: index + 1)
        #expect(cells[1] == "\(timeline.events[index].time)")
        #expect(cells[2] == "\(moment.step)" && cells[3] == "\(moment.tick)", "seed \(seed)")
      }
    }
  }

  private func exported(_ timeline: Timeline) throws -> [String] {
    try export(timeline, as: .csv).split(separator: "\n").map(String.init)
  }
}

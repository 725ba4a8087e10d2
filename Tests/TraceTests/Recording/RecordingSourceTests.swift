import Testing
import Trace

@Suite struct RecordingSourceTests {
  @Test func `a recording hands out what it holds and then has ended`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      headerLine + (1...5).map { "[\"lt\",1,\($0)]\n" }.joined() + "[\"lt\",")
    let source = try RecordingSource(path: path, stepSize: 2)
    #expect(source.header == plainHeader)
    #expect(!source.isLive)
    #expect(source.step().events.map(\.time) == [1, 2])
    #expect(!source.hasEnded)
    #expect(source.run(until: 0, budget: 1).events.map(\.time) == [3])
    #expect(source.notices.isEmpty)
    #expect(source.run(until: 0, budget: 100).events.map(\.time) == [4, 5])
    #expect(source.hasEnded)
    #expect(source.step().isEmpty)
    #expect(
      source.notices == [
        "The recording breaks off in line 7; all before it was read. "
          + "The recorder was killed or is still at work."
      ])
    #expect(source.restarted() == nil)
  }

  @Test(
    arguments: [
      ("[\"lt\",1,1]\n", true), ("", true), ("[\"lt\",1,1]\n[\"le\",0]\n", false),
      ("[\"le\",0]\n[\"lt\",1,1]\n", false), ("[\"lt\",", false),
    ])
  func `a recording of whole lines that stops before the run's end says so`(
    lines: String, isSaid: Bool
  ) throws {
    let scratch = try Scratch()
    let source = try RecordingSource(path: scratch.write(headerLine + lines), stepSize: 1)
    while !source.hasEnded { _ = source.step() }
    #expect(source.notices.contains { $0.contains("ends before the run does") } == isSaid)
  }
}

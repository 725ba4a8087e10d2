import Testing
import TmuxSupport
import Trace

@testable import Python

/// The program and everything that it has started end with the screen.
struct EndTests {
  /// Starts a program that tells its process in its first mark, and those that it starts.
  private func start(_ script: String) throws -> (PythonSource, Timeline) {
    let source = try FakeProgram.started(
      """
      i=0
      tell() { i=$((i + 1)); say "[\\"s\\",$i,\\"$1\\"]" "[\\"pm\\",0,$i]"; }
      \(script)
      tell ready
      while hear; do :; done
      exit 5
      """)
    return (source, source.collect { $0.marks.last == "ready" })
  }

  private func processes(_ timeline: Timeline) -> [Int32] {
    timeline.marks.compactMap { Int32($0) }
  }

  private func expectEnded(_ processes: [Int32]) async throws {
    for process in processes { #expect(try await hasEnded(process)) }
  }

  @Test func `it is asked first, and may say something more`() async throws {
    var (source, timeline) = try start("tell $$; trap 'tell goodbye; exit 9' TERM")
    timeline.append(source.end())
    #expect(timeline.marks.last == "goodbye")
    #expect(source.ending == "ended: exit status 9")
    try await expectEnded(processes(timeline))
  }

  @Test func `what does not obey is killed after a second`() async throws {
    let (source, timeline) = try start("tell $$; trap '' TERM")
    let began = monotonic()
    _ = source.end()
    #expect(source.ending == "ended by SIGKILL")
    let took = monotonic() - began
    #expect(took >= 1_000_000_000)
    #expect(took < 5_000_000_000)
    try await expectEnded(processes(timeline))
  }

  @Test func `what it has started ends with it, even what does not obey`() async throws {
    let (source, timeline) = try start(
      """
      tell $$; sleep 1000 & tell $!
      sh -c 'trap "" TERM; while :; do sleep 1000; done' & tell $!
      """)
    #expect(processes(timeline).count == 3)
    _ = source.end()
    try await expectEnded(processes(timeline))
  }

  @Test func `what it leaves behind at its own end runs on, and ends with the screen`() async throws
  {
    let source = try FakeProgram.started(
      "sleep 1000 & say \"[\\\"s\\\",1,\\\"$!\\\"]\" '[\"pm\",0,1]'; exit 4")
    let timeline = source.wholeTimeline()
    #expect(source.ending == "ended: exit status 4")
    let left = try #require(timeline.marks.first.flatMap { Int32($0) })
    #expect(isAlive(left))
    _ = source.end()
    try await expectEnded([left])
  }

  @Test func `a program that is forgotten ends too`() async throws {
    var told: [Int32] = []
    do {
      let (source, timeline) = try start("tell $$")
      told = processes(timeline)
      #expect(!source.hasEnded)
    }
    try await expectEnded(told)
  }
}

import Foundation
import Testing
import TmuxSupport

/// `loopscope findings` on recordings.
@Suite struct FindingsTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(arguments: [
    ("order", nil), ("never-awaited", "was never awaited"), ("blocking", "nothing else could run"),
    ("deadlock", "The run ended with"),
  ])
  func `what went wrong is a line each, and status 1`(demo: String, words: String?) throws {
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "demo", demo)
    let answer = try loopscope("findings", file)
    #expect(answer.status == (words == nil ? 0 : 1))
    guard let words else {
      #expect(answer.output.isEmpty)
      #expect(answer.errors.hasPrefix("Nothing went wrong, as far as is known."))
      return
    }
    #expect(answer.errors.isEmpty)
    #expect(answer.lines.contains { $0.contains(words) }, "\(answer.output)")
    #expect(try loopscope("findings", file, "--at", "step:0").output.isEmpty)
  }

  @Test func `what was caught is told where it is asked for, and is no fault`() throws {
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "exception-in-gather")
    let answer = try loopscope("findings", file)
    let caught = try loopscope("findings", file, "--all")
    #expect(caught.status == answer.status)
    let rows = caught.lines.filter { $0.hasPrefix("caught: ") }
    #expect(caught.lines == answer.lines + rows)
    #expect(rows.count == 1 && rows[0].contains("it raised "), "\(caught.output)")
    let json = try loopscope("findings", file, "--all", "--json")
    #expect(json.output.contains("\"fault\": false, \"kind\": \"caught\""), "\(json.output)")
  }

  @Test func `other programs read them as JSON`() throws {
    struct Row: Decodable, Equatable {
      var text: String
      var fault: Bool
      var lane: String?
      var step: Int?
      var time: Int64?
    }
    func rows(_ demo: String) throws -> [Row] {
      let file = scratch.file("\(demo).jsonl")
      _ = try loopscope("record", "-o", file, "demo", demo)
      let answer = try loopscope("findings", file, "--json")
      return try JSONDecoder().decode([Row].self, from: Data(answer.output.utf8))
    }
    #expect(try rows("order") == [])
    let ending = try rows("deadlock")
    #expect(ending.contains { $0.fault && $0.step == nil && $0.text.contains("ended with") })
    let blocked = try #require(try rows("blocking").first)
    #expect(!blocked.fault && blocked.lane != nil && (blocked.step ?? 0) > 0)
    #expect((blocked.time ?? 0) > 0)
  }
}

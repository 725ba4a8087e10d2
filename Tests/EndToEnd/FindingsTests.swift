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
    #expect(answer.errors.isEmpty)
    guard let words else {
      #expect(answer.output.isEmpty)
      return
    }
    #expect(answer.lines.contains { $0.contains(words) }, "\(answer.output)")
    #expect(try loopscope("findings", file, "--at", "step:0").output.isEmpty)
  }
}

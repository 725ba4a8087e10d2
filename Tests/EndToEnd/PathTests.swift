import Foundation
import Testing
import TmuxSupport

/// `loopscope path` on recordings.
@Suite struct PathTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func path(_ demo: String, _ arguments: String...) throws -> Answer {
    let file = PostRecording(version: "3.13", demo: demo).path()
    return try loopscope(all: ["path", file] + arguments)
  }

  @Test func `what a run's time went to, and what might have run side by side`() throws {
    let answer = try path("order")
    #expect(answer.status == 0 && answer.errors.isEmpty)
    #expect(answer.lines.first == "main() took 5.000 s, from 0.000s to 5.000s.")
    #expect(answer.lines.contains("  100%    5.000 s  meow(…) SLEEPING, at line 6 (5 lanes)"))
    #expect(answer.lines.contains("       4.000s  20%    1.000 s  meow(4) SLEEPING, at line 6"))
    #expect(answer.output.contains("one after the other, at line 16: 5.000 s."))
    #expect(answer.output.contains("side by side they need 1.000 s at least."))
    let gathered = try path("gather")
    #expect(gathered.lines.last == "  100%    1.000 s  meow(5) SLEEPING, at line 5")
    #expect(try path("deferred").lines.last == "No time passed.")
  }

  @Test func `of a lane by a part of its name, at a moment`() throws {
    let answer = try path("order", "meow(1)", "--at", "1.5s")
    #expect(answer.lines.first == "meow(1) has taken 1.500 s, from 0.000s to 1.500s.")
    #expect(answer.errors.isEmpty)
    let first = try path("order", "meow")
    #expect(first.lines.first == "meow(1) took 2.000 s, from 0.000s to 2.000s.")
    #expect(first.errors == "5 lanes have 'meow' in their names; this is meow(1).\n")
    let task = try path("gather", "Task-3")
    #expect(task.lines.first?.hasPrefix("meow(2) took") == true)
  }

  @Test func `a lane that is not there, and a run of tasks alone, are told in a sentence`() throws {
    let absent = try path("order", "meow(9)")
    #expect(absent.status == 1)
    #expect(absent.errors.contains("No lane of this run has 'meow(9)' in its name."))
    let early = try path("order", "meow(5)", "--at", "event:1")
    #expect(early.errors == "Error: There is no such lane yet at that moment.\n")
    let tasks = scratch.file("tasks.jsonl")
    let text = """
      {"loopscope":1,"clock":"real","unit":"ns","program":["app.py"],"runtime":"test"}
      ["s",1,"main()"]
      ["cn",0,1,1,0,0,1]
      ["cs",0,1]
      """
    try text.write(toFile: tasks, atomically: true, encoding: .utf8)
    let alone = try loopscope("path", tasks)
    #expect(alone.status == 1)
    #expect(alone.errors.contains("tells no steps, and so not what led to what"), "\(alone.errors)")
  }

  @Test func `other programs read it as JSON`() throws {
    struct Path: Decodable {
      struct Part: Decodable {
        var lane: String?
        var state: String
        var from: Int64
        var to: Int64
        var step: Int
      }
      struct InTurn: Decodable {
        var members: [String]
        var sideBySide: Int64
        var madeBefore: Bool
      }
      var lane: String
      var over: Bool
      var from: Int64
      var to: Int64
      var parts: [Part]
      var inTurn: [InTurn]
    }
    let answer = try path("order", "--json")
    let path = try JSONDecoder().decode(Path.self, from: Data(answer.output.utf8))
    #expect(path.lane == "main()" && path.over && path.from == 0 && path.to == 5_000_000_000)
    #expect(path.parts.map(\.lane) == [3, 1, 5, 2, 4].map { "meow(\($0))" })
    #expect(path.parts.allSatisfy { $0.state == "sleeping" && $0.to - $0.from == 1_000_000_000 })
    #expect(path.inTurn.map(\.members.count) == [5])
    #expect(path.inTurn.first?.madeBefore == true)
    #expect(path.inTurn.first?.sideBySide == 1_000_000_000)
  }
}

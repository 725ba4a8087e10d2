import Foundation
import GoldenSupport
import Python
import PythonSupport
import Testing
import TmuxSupport

/// `loopscope diff` on recordings.
@Suite struct DiffTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let recordings = PostRecording.root.path + "/demos/recordings"

  /// The files are named as they stand in `demos/recordings`.
  private func diff(_ arguments: String...) throws -> Answer {
    try loopscope(all: ["diff"] + arguments, through: "cd '\(Self.recordings)' && \"$@\"")
  }

  @Test(arguments: [
    ("3.7/wait", "3.8/wait"), ("3.8/wait", "3.11/wait"), ("3.6/gather", "3.13/gather"),
    ("3.13/deferred", "3.13/ensure-future"), ("3.11/order", "3.11/evens-odds"),
    ("3.7/reawait", "3.13/reawait"),
  ])
  func `where the post's examples part`(a: String, b: String) throws {
    let answer = try diff("\(a).jsonl", "\(b).jsonl")
    #expect(answer.status == 1)
    #expect(answer.errors.isEmpty)
    #expect(answer.lines.allSatisfy { $0.count <= 100 })
    let name = "\(a)-\(b)".replacing("/", with: "-")
    expectGolden(answer.output, named: "diff-\(name)")
  }

  /// Where nothing is arbitrary, nothing has changed in asyncio from 3.6 to 3.13.
  @Test(
    arguments: PostRecording.demos.filter { !["wait", "reawait", "never-awaited"].contains($0) })
  func `an example is alike in all versions that keep its order`(demo: String) throws {
    let first = demo == "gather" ? "3.7" : "3.6"
    for version in PostRecording.versions where version != "3.6" {
      let answer = try diff("\(first)/\(demo).jsonl", "\(version)/\(demo).jsonl")
      #expect(answer.status == 0, "\(answer.output)")
      #expect(answer.output.contains("\nThe runs are alike: "))
      #expect(answer.lines.count == 5)
    }
  }

  @Test func `our own loop decides as CPython does`() throws {
    for demo in ["order", "wait-ordered", "gather", "evens-odds"] {
      let file = scratch.file("\(demo).jsonl")
      _ = try loopscope("record", "-o", file, "demo", demo, "--profile", "3.13")
      let answer = try diff("3.13/\(demo).jsonl", file)
      #expect(answer.status == 0, "\(answer.output)")
    }
  }

  @Test func `what went wrong in one run alone is told before its lanes`() throws {
    let files = ["deadlock", "never-awaited", "order"].map { scratch.file("\($0).jsonl") }
    for (file, demo) in zip(files, ["deadlock", "never-awaited", "order"]) {
      _ = try loopscope("record", "-o", file, "demo", demo)
    }
    for file in files.dropLast() {
      let answer = try loopscope("diff", file, files[2])
      #expect(answer.status == 1)
      let wrong = try #require(answer.lines.firstIndex(of: "Went wrong only in A:"))
      let lanes = try #require(answer.lines.firstIndex { $0.hasPrefix("Lanes ") })
      #expect(wrong < lanes)
    }
  }

  @Test func `other programs read it as JSON`() throws {
    struct Difference: Decodable {
      struct Run: Decodable {
        var file: String
        var steps: Int
      }
      struct Happening: Decodable {
        var event: Int
        var step: Int
        var text: String
      }
      struct Part: Decodable {
        var step: Int
        var before: [Happening]
        var a: [Happening]
        var b: [Happening]
      }
      struct Step: Decodable {
        struct Side: Decodable {
          var text: String
          var why: [String]
          var inOther: Int?
        }
        var step: Int
        var a: Side?
        var b: Side?
      }
      struct Lanes: Decodable {
        var both: Int
        var reorderedCount: Int
        var onlyInA: [String]
      }
      struct Output: Decodable {
        var same: Bool
        var sameInSum: Bool
      }
      var alike: Bool?
      var a: Run
      var part: Part?
      var step: Step?
      var work: String
      var lanes: Lanes
      var output: Output
    }
    func read(_ a: String, _ b: String) throws -> Difference {
      try JSONDecoder().decode(
        Difference.self, from: Data(try diff(a, b, "--json").output.utf8))
    }
    let parting = try read("3.7/wait.jsonl", "3.8/wait.jsonl")
    #expect(parting.alike == false && parting.a.file == "3.7/wait.jsonl" && parting.a.steps == 23)
    #expect(parting.part?.step == 1 && parting.part?.before.count == 2)
    #expect(parting.part?.a.first?.text == "main() made Task-3 of meow(1)")
    #expect(parting.part?.b.first?.text == "main() made Task-3 of meow(3)")
    #expect(parting.step?.step == 3 && parting.step?.a?.text == "the first step of meow(1)")
    #expect(parting.step?.a?.inOther == 6 && parting.step?.a?.why.isEmpty == false)
    #expect(parting.work == "order" && parting.lanes.both == 6 && parting.lanes.reorderedCount == 1)
    #expect(!parting.output.same && parting.output.sameInSum)
    let alike = try read("3.8/order.jsonl", "3.13/order.jsonl")
    #expect(alike.alike == true && alike.part == nil && alike.step == nil && alike.work == "same")
  }

  @Test func `what cannot be read is told in one sentence, with status 2`() throws {
    let whole = PostRecording(version: "3.8", demo: "order").path()
    for (path, sentence) in [
      (scratch.file("none.jsonl"), "There is no file "), (scratch.path, "is a directory"),
      (try scratch.write("", to: "empty.jsonl"), "is empty"),
      (try scratch.write("hello\n", to: "text.jsonl"), "is not a recording of loopscope"),
    ] {
      for arguments in [[path, whole], [whole, path], [path, path, "--json"]] {
        let answer = try loopscope(all: ["diff"] + arguments)
        #expect(answer.status == 2)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.hasPrefix("Error: ") && answer.errors.contains(sentence))
        #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
      }
    }
    let usage = try loopscope("diff", whole)
    #expect(usage.status == 64)
    #expect(
      usage.errors == "Error: Missing expected argument '<b>'. `loopscope diff --help` tells how.\n"
    )
  }

  @Test func `a torn recording is compared up to the tear, and it is said which that is`() throws {
    let whole = PostRecording(version: "3.8", demo: "order").path()
    let bytes = try Data(contentsOf: URL(filePath: whole))
    let torn = try scratch.write(bytes.prefix(bytes.count / 2), to: "torn.jsonl")
    let answer = try loopscope("diff", whole, torn)
    #expect(answer.status == 1)
    #expect(answer.errors.hasPrefix("B: The recording breaks off in line "))
    #expect(answer.output.contains("\nB ends "))
    #expect(
      answer.output.contains("the recording ends before the run does. All before that is the same"))
  }

  @Test func `where events were lost before any difference the status is 2`() throws {
    let whole = PostRecording(version: "3.8", demo: "order").path()
    var lines = try String(contentsOfFile: whole, encoding: .utf8).split(separator: "\n")
    let begins = lines.indices.filter { lines[$0].hasPrefix("[\"hb\"") }
    lines.replaceSubrange(begins[4]...begins[4], with: ["[\"ld\",0,1]"])
    let losing = try scratch.write(lines.joined(separator: "\n") + "\n", to: "losing.jsonl")
    for arguments in [[whole, losing], [losing, losing]] {
      let answer = try loopscope(all: ["diff"] + arguments)
      #expect(answer.status == 2)
      #expect(answer.output.contains("Where the runs part cannot be told: events were lost in "))
      let json = try loopscope(all: ["diff", "--json"] + arguments)
      #expect(json.status == 2)
      #expect(json.output.hasPrefix("{\"alike\": null, "))
    }
  }

  /// Clients whose ports, and whose order in the end, are others in each run.
  @Test(.whereInterpretersAre)
  func `a server's runs are the same work in another order`() throws {
    let program = try scratch.write(
      """
      import asyncio, sys

      order = sys.argv[1:]

      async def handle(reader, writer):
          line = await reader.readline()
          writer.write(line)
          await writer.drain()
          writer.close()

      async def client(number, port, before, after):
          await before.wait()
          reader, writer = await asyncio.open_connection("127.0.0.1", port)
          writer.write(b"hello\\n")
          await reader.readline()
          writer.close()
          print("client", number)
          after.set()

      async def main():
          server = await asyncio.start_server(handle, "127.0.0.1", 0)
          port = server.sockets[0].getsockname()[1]
          events = [asyncio.Event() for _ in range(len(order) + 1)]
          events[0].set()
          await asyncio.gather(*[
              client(i, port, events[order.index(str(i))], events[order.index(str(i)) + 1])
              for i in range(len(order))])
          server.close()

      asyncio.run(main())
      """, to: "clients.py")
    for interpreter in Interpreters.installed.suffix(1) {
      for (name, order) in [("a", ["0", "1", "2", "3"]), ("b", ["2", "0", "3", "1"])] {
        let answer = try loopscope(
          all: [
            "record", "-o", scratch.file("\(name).jsonl"), "python", "--python", interpreter.path,
          ]
            + [program] + order)
        #expect(answer.status == 0, "\(answer.errors)")
      }
      let answer = try loopscope("diff", scratch.file("a.jsonl"), scratch.file("b.jsonl"))
      #expect(answer.status == 1)
      let words = answer.output.replacing("\n", with: " ")
      #expect(words.contains("It is the same work in another order: each of the "), "\(words)")
      #expect(answer.output.contains("Output: the same 4 lines in another order, from line 1 on:"))
    }
  }
}

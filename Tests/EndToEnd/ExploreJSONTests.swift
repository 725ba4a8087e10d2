import Foundation
import Testing

/// `loopscope explore --json`.
@Suite(.wherePythonIs)
struct ExploreJSONTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `programs are told the same as JSON`() throws {
    let script = try scratch.write(ExploreTests.race, to: "race.py")
    let answer = try loopscope("explore", "--runs", "20", "--json", script)
    #expect(answer.status == 1 && answer.errors.isEmpty && answer.lines.count == 1)
    let explored = try Explored(answer)
    #expect(explored.program == [script] && explored.runs == 20 && explored.wanted == 20)
    #expect(
      explored.outcomes.map(\.text) == ["exit status 0", "KeyError: 'token' (exit status 1)"])
    #expect(explored.outcomes.map(\.good) == [true, false])
    #expect(explored.outcomes.map(\.outputs) == [1, 1])
    #expect(explored.outcomes.flatMap(\.seeds).sorted() == Array(1...20))
    #expect(explored.outcomes.allSatisfy { $0.seeds.count == $0.count })
    #expect(explored.failed == explored.outcomes[1].count && explored.otherSeeds.isEmpty)
    let worst = try #require(explored.worst)
    #expect(worst.text == explored.outcomes[1].text && worst.seed == explored.outcomes[1].seeds[0])
    #expect(worst.decides == "chance")
    let chances = try #require(worst.chances)
    #expect(
      worst.again == [
        "loopscope", "python", "--clock", "virtual", "--seed", "\(worst.seed)", "--chances",
        "\(chances)", "--step", script,
      ])
    let difference = try #require(explored.difference)
    #expect(difference.alike == false && difference.a.steps > 0)
    #expect(difference.a.seed == worst.seed && difference.b.seed == worst.seed)
    #expect(difference.a.chances == chances - 1 && difference.b.chances == chances)
  }

  @Test func `as JSON, too, it is told what needs no chance and what all went well`() throws {
    let script = try scratch.write(
      "import sys\nprint(id(sys))\nsys.exit(int(sys.argv[1]))", to: "status.py")
    let bad = try Explored(
      loopscope("explore", "--runs", "2", "--seed", "\(UInt64.max)", "--json", script, "3"))
    #expect(
      bad.outcomes == [
        Explored.Outcome(
          text: "SystemExit: 3 (exit status 3)", good: false, count: 2, outputs: 1,
          seeds: [.max, 0])
      ])
    #expect(bad.worst?.decides == "nothing" && bad.worst?.chances == 0 && bad.difference == nil)
    let good = try loopscope("explore", "--runs", "2", "--json", script, "0")
    #expect(good.status == 0)
    let explored = try Explored(good)
    #expect(explored.failed == 0 && explored.worst == nil && explored.difference == nil)
    #expect(good.output.contains("\"worst\": null, \"difference\": null}"))
  }
}

/// What `docs/exploration.md` describes, as far as the tests look at it.
struct Explored: Decodable {
  struct Outcome: Decodable, Equatable {
    var text: String
    var good: Bool
    var count: Int
    var outputs: Int
    var seeds: [UInt64]
  }
  struct Worst: Decodable, Equatable {
    var text: String
    var seed: UInt64
    var decides: String?
    var chances: Int?
    var again: [String]
  }
  struct Difference: Decodable {
    struct Run: Decodable {
      var seed: UInt64
      var chances: Int?
      var steps: Int
    }
    var alike: Bool?
    var a: Run
    var b: Run
  }
  var program: [String]
  var runs: Int
  var wanted: Int
  var failed: Int
  var outcomes: [Outcome]
  var otherSeeds: [UInt64]
  var worst: Worst?
  var difference: Difference?

  init(_ answer: Answer) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(answer.output.utf8))
  }
}

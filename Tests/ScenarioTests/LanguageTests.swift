import Loop
import Scenario
import Testing

/// The language, and that a difference is seen.
@Suite struct LanguageTests {
  private let nap = Scenario(
    name: "nap",
    coroutines: [
      "main": [
        ["let", "t1", ["task", ["call", "f1"]]], ["await", "t1", "v1"], ["show", "v1"],
      ],
      "f1": [["sleep", 0.5], ["return", 3]],
    ])

  @Test func `a scenario is read as it is written`() throws {
    #expect(try Scenario(json: nap.json) == nap)
    let seed = Generator.scenario(seed: 7, minor: 13)
    #expect(try Scenario(json: seed.json) == seed)
  }

  @Test func `a seed is always the same scenario`() {
    #expect(Generator.scenario(seed: 7, minor: 8) == Generator.scenario(seed: 7, minor: 8))
    #expect(Generator.scenario(seed: 7, minor: 8) != Generator.scenario(seed: 8, minor: 8))
  }

  @Test func `a scenario is a Python program`() throws {
    #expect(
      try ScenarioProgram(nap).text() == """
        async def f1():
            await asyncio.sleep(0.5)
            return 3

        async def main():
            global t1, v1
            t1 = asyncio.create_task(f1())
            v1 = await t1
            print(text(v1))

        """)
  }

  @Test func `a task has the keywords that it is given`() throws {
    let scenario = Scenario(
      coroutines: [
        "main": [
          ["let", "t1", ["task", ["call", "f1"], "worker", true]],
          [
            "group", "g1",
            [["spawn", "g1", "t2", ["call", "f1"], nil, false], ["cancel_group", "g1"]],
          ],
        ],
        "f1": [],
      ])
    #expect(
      try ScenarioProgram(scenario).text() == """
        async def f1():
            pass

        async def main():
            global g1, t1, t2
            t1 = asyncio.create_task(f1(), name="worker", eager_start=True)
            async with asyncio.TaskGroup() as g1:
                t2 = g1.create_task(f1(), eager_start=False)
                g1.cancel()

        """)
    let odd = Scenario(coroutines: ["main": [["let", "t1", ["task", ["call", "main"], nil, 1]]]])
    #expect(throws: ScenarioError("1 is neither true nor false.")) {
      try odd.account(as: .latest)
    }
  }

  @Test(arguments: [
    ("[]", "A scenario is one JSON object, and this is none."),
    ("{}", "A scenario begins with the coroutine main, and here is none."),
    (#"{"coroutines":{"main":3}}"#, "main is not a list of statements."),
  ])
  func `what is no scenario is refused in a sentence`(json: String, sentence: String) {
    #expect(throws: ScenarioError(sentence)) { try Scenario(json: json) }
  }

  @Test func `a statement that makes no sense is named`() {
    let odd = Scenario(coroutines: ["main": [["fly"]]])
    #expect(throws: ScenarioError("fly is no statement that scenarios know.")) {
      try ScenarioProgram(odd).text()
    }
    #expect(throws: ScenarioError.self) { try odd.account(as: .latest) }
  }

  @Test func `a callback cannot wait, nor hold blocks`() {
    for statement: Node in [["sleep", 1], ["try", [], ["finally", []]], ["repeat", 2, []]] {
      let odd = Scenario(
        coroutines: ["main": [["call_soon", "cb1"], ["sleep", 1]]], callbacks: ["cb1": [statement]])
      let name = statement.list?.first?.text ?? ""
      #expect(throws: ScenarioError("A callback cannot \(name).")) {
        try ScenarioProgram(odd).text()
      }
      #expect(throws: ScenarioError("A callback cannot \(name).")) {
        try odd.account(as: .latest)
      }
    }
  }

  @Test func `a thread touches nothing of the scenario`() {
    let odd = Scenario(
      coroutines: ["main": [["await", ["run_in_executor", "w1"]]]],
      threads: ["w1": [["set", "v1", 2]]])
    let refusal = ScenarioError("A thread cannot set.")
    #expect(throws: refusal) { try ScenarioProgram(odd).text() }
    #expect(throws: refusal) { try odd.account(as: .latest) }
  }

  @Test func `an exception handler that calls itself without end is not compared`() throws {
    let odd = Scenario(
      coroutines: ["main": [["exception_handler", "cb1"], ["report", "first"]]],
      callbacks: ["cb1": [["report", "again"]]])
    let verdict = try odd.verdict(nil, as: .latest)
    #expect(verdict == .outside("has an exception handler that calls itself without end"))
  }

  @Test func `a thread's time is the loop's`() throws {
    let scenario = Scenario(
      coroutines: ["main": [["await", ["run_in_executor", "w1"], "v1"], ["show", "v1"]]],
      threads: ["w1": [["block", 0.5], ["print", "half"], ["block", 0.5], ["return", 3]]])
    #expect(try Scenario(json: scenario.json) == scenario)
    let lines = try scenario.account(as: .latest).lines
    #expect(lines.contains("0.5 print - half\n"))
    #expect(lines.contains("1 print c1 3\n"))
    #expect(
      try ScenarioProgram(scenario).text().hasPrefix(
        """
        def w1():
            time.sleep(0.5)
            print("half")
            time.sleep(0.5)
            return 3

        """))
  }

  @Test func `an account tells each decision`() throws {
    let lines = try nap.account(as: .latest).lines
    #expect(lines.contains("0 suspended c2 sleep f1"))
    #expect(lines.contains("0.5 done t2 result"))
    #expect(lines.contains("0.5 print c1 3\n"))
    #expect(lines.last == "0.5 end")
  }

  @Test func `the same program is no difference, another is one`() throws {
    var other = nap
    other.coroutines["f1"] = [["sleep", 0.5], ["return", 4]]
    let account = try nap.account(as: .latest)
    #expect(Difference(ours: account, theirs: account) == nil)
    let difference = try #require(
      Difference(ours: account, theirs: try other.account(as: .latest)))
    #expect(difference.ours.first == "0.5 returned c2 3")
    #expect(difference.theirs.first == "0.5 returned c2 4")
    #expect(difference.before.count == 8)
  }

  @Test func `an end that comes sooner is a difference`() throws {
    let lines = try nap.account(as: .latest).lines
    let difference = try #require(Difference(ours: lines, theirs: lines.dropLast()))
    #expect(difference.theirs.isEmpty)
    #expect("\(difference)".hasSuffix("CPython has ended"))
  }

  @Test func `a report that 3.9 and 3.10 lose is no difference there, where they do`() throws {
    let waitsForItself = Scenario(coroutines: [
      "main": [["wait_for", ["gather", [["current"]]], 1]]
    ])
    let nobodyAsks = Scenario(coroutines: [
      "main": [
        ["let", "t1", ["task", ["call", "f1"]]], ["let", "t2", ["task", ["call", "f2"]]],
        ["sleep", 0], ["cancel", "t2"], ["await", ["gather", [["call", "f2"]]]],
      ], "f1": [["raise", "ValueError"]], "f2": [["sleep", 1]],
    ])
    for minor in 9...11 {
      let profile = Profile.python3(minor)
      for scenario in [waitsForItself, nobodyAsks] {
        let full = try scenario.account(as: profile)
        let less = full.withoutLosses()
        #expect(full.lines.count == less.lines.count + 1)
        let isLost = scenario == waitsForItself && minor < 11
        #expect((try scenario.verdict(less, as: profile) == .same) == isLost)
        #expect(try scenario.verdict(full, as: profile) == .same)
      }
    }
  }

  @Test func `versions differ where asyncio does`() throws {
    let scenario = Scenario(coroutines: [
      "main": [["wait", [["call", "f1"]], nil, "ALL_COMPLETED", "d1", "p1"]], "f1": [],
    ])
    let old = try scenario.account(as: .python3(8))
    #expect(Difference(ours: old, theirs: try scenario.account(as: .python3(11))) != nil)
  }
}

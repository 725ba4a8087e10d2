import Insight
import Testing
import Trace
import TraceSamples

/// Tasks that were not made in the order of their coroutines.
struct TaskOrderTests {
  /// `main()` makes so many coroutines, then tasks of them in the order given, then a future.
  private struct Mixed {
    var run = Script()
    var lanes: [LaneID] = []
    var tasks: [Script.Task] = []
    let start: Int

    init(_ count: Int, tasksOf order: [Int], for kind: String? = nil, afterTimer: Bool = false) {
      let main = run.lane("main()")
      let task = run.task(main)
      run.tick()
      run.begin(task.firstStep)
      run.start(main)
      for number in 1...count { lanes.append(run.lane("meow(\(number))", by: main)) }
      start = run.cursor
      for number in order { tasks.append(run.task(lanes[number - 1], by: main)) }
      if afterTimer {
        _ = run.timer(at: .ms(1000), Callback(function: run.text("as_completed timeout")))
      }
      if let kind { run.suspend(main, .wait, run.future(kind)) }
      run.end(task.firstStep)
    }

    func why(_ number: Int, at cursor: Int? = nil) -> String {
      let explanation = Insight.why(lanes[number - 1], at: cursor ?? run.cursor, in: run.timeline)
      return explanation?.reasons.map(\.text).joined(separator: " ") ?? ""
    }
  }

  private static let set =
    "makes tasks of bare coroutines by walking over a set, whose order is arbitrary. Tasks made "
    + "beforehand start in the order in which they were made."

  @Test(arguments: [
    ("wait", "Up to Python 3.10 wait()"), ("gather", "Up to Python 3.6 gather()"),
    ("as_completed", "as_completed()"),
  ])
  func `what walks over a set is named`(kind: String, function: String) {
    let mixed = Mixed(3, tasksOf: [2, 3, 1], for: kind)
    #expect(
      mixed.why(1)
        == "meow(1) is ready since 0.000 s: the first step of meow(1) was scheduled when main() "
        + "made its task, in step 1; 2 handles are before it in the ready queue. main() made 3 "
        + "tasks in a row, and not in the order of their coroutines: meow(1) was the 1st "
        + "coroutine and is the 3rd task. \(function) \(Self.set)")
    #expect(mixed.why(2).contains("meow(2) was the 2nd coroutine and is the 1st task. \(function)"))
  }

  @Test func `a coroutine that has run before has no place among the others`() {
    // `gather(c, f())`, where c was awaited already: its task is a lane without a line where it begins.
    func reasons(file: String) -> [String] {
      var run = Script()
      let main = run.lane("main()")
      let first = run.task(main)
      run.tick()
      run.begin(first.firstStep)
      run.start(main)
      let new = run.lane("f()", by: main)
      let used = run.lane("f()", by: main, file: file)
      for lane in [used, new] { _ = run.task(lane, by: main) }
      run.suspend(main, .gather, run.future("gather"))
      run.end(first.firstStep)
      return Insight.why(used, at: run.cursor, in: run.timeline)?.reasons.map(\.text) ?? []
    }
    #expect(reasons(file: "demo.py").contains { $0.contains("the 2nd coroutine and is the 1st") })
    let told = reasons(file: "")
    #expect(told.contains { $0.contains("first step of f()#2") })
    #expect(!told.contains { $0.contains("coroutines") })
  }

  @Test func `a time limit stands between the tasks and what they are made for`() {
    let mixed = Mixed(2, tasksOf: [2, 1], for: "as_completed", afterTimer: true)
    #expect(mixed.why(1).hasSuffix("is the 2nd task. as_completed() \(Self.set)"))
  }

  @Test func `an order that was kept is not spoken of`() {
    for kind in ["wait", "gather", nil] {
      #expect(!Mixed(4, tasksOf: [1, 2, 3, 4], for: kind).why(3).contains("in a row"))
      #expect(!Mixed(4, tasksOf: [3], for: kind).why(3).contains("in a row"))
    }
  }

  @Test func `an order of the program's own has no other reason`() {
    #expect(Mixed(2, tasksOf: [2, 1]).why(2).hasSuffix("2nd coroutine and is the 1st task."))
    let other = Mixed(2, tasksOf: [2, 1], for: "sleep")
    #expect(other.why(2).hasSuffix("2nd coroutine and is the 1st task."))
  }

  @Test func `it is told of the step that the task caused, however much later`() {
    var mixed = Mixed(2, tasksOf: [2, 1], for: "wait")
    mixed.run.tick()
    mixed.run.begin(mixed.tasks[0].firstStep)
    mixed.run.start(mixed.lanes[1])
    #expect(
      mixed.why(2).hasPrefix(
        "meow(2) is RUNNING, in step 2, since 0.000 s. It runs now in step 2 because the first "
          + "step of meow(2) was scheduled when main() made its task, in step 1; nothing was "
          + "before it in the ready queue. main() made 2 tasks in a row"))
    let link = link(ofStep: 2, in: mixed.run.timeline)
    #expect(link?.reason.text.hasSuffix(Self.set) == true)
    #expect(link?.cause == 1)
  }

  @Test func `nothing that comes after the cursor is told`() {
    let mixed = Mixed(3, tasksOf: [2, 3, 1], for: "wait")
    // Each task is two events: it is made, and its first step enters the ready queue.
    #expect(!mixed.why(2, at: mixed.start + 2).contains("in a row"))
    #expect(!mixed.why(2, at: mixed.start + 4).contains("in a row"))
    #expect(mixed.why(2, at: mixed.start + 6).hasSuffix("and is the 1st task."))
    #expect(mixed.why(2, at: mixed.start + 7).hasSuffix(Self.set))
  }

  @Test(arguments: [(11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (102, "102nd")])
  func `numbers are told as one says them`(number: Int, ordinal: String) {
    let mixed = Mixed(number, tasksOf: Array((1...number).reversed()))
    #expect(mixed.why(number).contains("was the \(ordinal) coroutine and is the 1st task."))
  }

  @Test func `of more tasks than can be looked at on each picture nothing is said`() {
    let mixed = Mixed(1001, tasksOf: Array((1...1001).reversed()), for: "wait")
    for number in [1, 500, 1001] { #expect(!mixed.why(number).contains("in a row")) }
    let most = Mixed(1000, tasksOf: Array((1...1000).reversed()), for: "wait")
    for number in [1, 500, 1000] { #expect(most.why(number).hasSuffix(Self.set)) }
  }
}

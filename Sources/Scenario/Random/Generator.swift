/// Random scenarios, weighted towards what breaks: cancelling at every kind of await, timeouts that
/// race with results at the same instant, exceptions in callbacks, groups in groups.
package struct Generator {
  var dice: Dice
  /// The version whose asyncio the scenario is about.
  let minor: Int
  /// Of the coroutine functions, `f1` to this one; each calls only those after it.
  let functions: Int
  let callbacks: Int
  /// Of the functions for threads, `w1` to this one.
  let threads: Int
  /// The locks, events, queues that there are.
  var resources: [(name: String, kind: String, size: Node)] = []
  private var taskCount = 0
  private var variableCount = 0

  /// The scenario of a seed.
  ///
  /// - Parameter minor: the second number of the version whose asyncio it is about.
  package static func scenario(seed: UInt64, minor: Int) -> Scenario {
    var generator = Generator(seed: seed, minor: minor)
    return generator.scenario(seed: seed)
  }

  private init(seed: UInt64, minor: Int) {
    dice = Dice(seed: seed &* 64 &+ UInt64(minor))
    self.minor = minor
    functions = dice.number(2...4)
    callbacks = dice.number(0...2)
    threads = dice.chance(25) ? dice.number(1...2) : 0
  }

  private mutating func scenario(seed: UInt64) -> Scenario {
    chooseResources()
    var coroutines: [String: [Node]] = [:]
    for index in 1...functions {
      coroutines["f\(index)"] = block(Place(function: index, depth: 0), 1...4)
    }
    var plain: [String: [Node]] = [:]
    for index in 0..<callbacks { plain["cb\(index + 1)"] = callback() }
    var elsewhere: [String: [Node]] = [:]
    for index in 0..<threads { elsewhere["w\(index + 1)"] = thread() }
    var main: [Node] = resources.map { ["new", .text($0.name), .text($0.kind), $0.size] }
    main += [["let", "x1", ["future"]], ["let", "x2", ["future"]]]
    if minor >= 12, dice.chance(15) { main.insert(["eager_tasks"], at: 0) }
    if callbacks > 0, dice.chance(12) { main.append(["exception_handler", someCallback()]) }
    for _ in 0..<dice.number(1...3) { main.append(start(Place(function: 0, depth: 0))) }
    main += block(Place(function: 0, depth: 0), 2...6)
    coroutines["main"] = main
    let program = dice.chance(12) ? program() : []
    if !program.isEmpty {
      plain["halt"] = [["stop"]]
      coroutines["rest"] = [["await", "t0", newVariable()]]
    }
    return Scenario(
      name: "seed \(seed)", since: minor, until: minor, program: program, coroutines: coroutines,
      callbacks: plain, threads: elsewhere)
  }

  /// Several runs on one loop, in which `main` is stopped and goes on.
  private mutating func program() -> [Node] {
    var program: [Node] = [["let", "t0", ["loop_task", ["call", "main"]]]]
    if dice.chance(30) { program.insert(["call_soon", "halt"], at: dice.number(0...1)) }
    program += [["call_later", delay(), "halt"], ["run_forever"]]
    if dice.chance(20) { program += [["call_soon", "halt"], ["stop"], ["run_forever"]] }
    if dice.chance(30) { program.append(["cancel", "t0", cancelMessage()]) }
    if dice.chance(30) {
      program.append(["run_until_complete", ["call", .text("f\(functions)")]])
    }
    program.append(["run_until_complete", ["call", "rest"]])
    return program
  }

  private mutating func chooseResources() {
    var kinds = [
      "lock", "event", "condition", "semaphore", "bounded_semaphore", "queue", "lifo_queue",
      "priority_queue",
    ]
    if minor >= 11 { kinds.append("barrier") }
    for number in 1...dice.number(1...3) {
      let kind = dice.pick(kinds)
      let size: Node =
        switch kind {
        case "semaphore", "bounded_semaphore": .number(Double(dice.number(1...2)))
        case "barrier": .number(Double(dice.number(1...3)))
        case "queue", "lifo_queue", "priority_queue": .number(Double(dice.number(0...2)))
        default: nil
        }
      resources.append(("r\(number)", kind, size))
    }
  }

  mutating func newTask() -> Node {
    taskCount += 1
    return .text("t\(taskCount)")
  }

  mutating func newVariable() -> Node {
    variableCount += 1
    return .text("v\(variableCount)")
  }

  /// A task or future that may be there by then.
  mutating func someFuture() -> Node {
    dice.chance(25) ? dice.pick(["x1", "x2"]) : someTask()
  }

  mutating func someTask() -> Node {
    if dice.chance(12) { return ["current"] }
    return .text("t\(dice.number(1...max(1, min(taskCount, 5))))")
  }

  mutating func delay() -> Node {
    .number(dice.pick([0, 0, 0.25, 0.5, 0.5, 1, 1, 1, 1.5, 2]))
  }

  mutating func limit() -> Node { dice.chance(8) ? nil : delay() }

  mutating func someValue() -> Node { .number(Double(dice.number(1...9))) }

  mutating func errorName() -> Node {
    dice.chance(7)
      ? dice.pick(["KeyboardInterrupt", "SystemExit"])
      : dice.pick(["ValueError", "RuntimeError", "TypeError"])
  }

  mutating func cancelMessage() -> Node {
    minor >= 9 && dice.chance(30) ? dice.pick(["stop", "enough"]) : nil
  }
}

/// Where a statement is to stand.
struct Place {
  /// The number of the function; 0 for main.
  let function: Int
  var depth: Int
  var isInHandler = false
  /// The names of the groups and timeouts around it.
  var groups: [String] = []
  var timeouts: [String] = []

  var deeper: Place {
    var place = self
    place.depth += 1
    return place
  }
}

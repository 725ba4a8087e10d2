import Loop
import Trace

/// A scenario on our loop.
final class ScenarioRun {
  /// How a list of statements ended.
  enum Flow {
    case next
    case returned(Value)
  }

  /// What one call of a function knows besides the variables, which are global.
  final class Frame {
    /// The exceptions that are being handled, the innermost last.
    var handling: [any Error] = []
  }

  let scenario: Scenario
  let loop: EventLoop
  /// Variables of all types: values, operands, locks …
  var variables: [String: Any] = [:]
  private var operands: [ObjectIdentifier: WeakOperand] = [:]
  var doneCallbacks: [ObjectIdentifier: [String: [DoneCallback]]] = [:]
  /// What the exception handlers that run now were told, the innermost last.
  var reports: [ExceptionContext] = []
  /// Whether a handler has caused what it is told of, again and again.
  var reportsWithoutEnd = false
  /// The futures of what threads do, which no variable need hold.
  var threadFutures: [AnyFuture] = []
  /// All gathers, of which one may be the member of another and no variable's.
  var gathers: [WeakFuture] = []
  /// What is wrong with the scenario itself.
  private(set) var mistake: ScenarioError?

  private init(_ scenario: Scenario, loop: EventLoop) {
    self.scenario = scenario
    self.loop = loop
  }

  /// Runs a scenario as `asyncio.run` runs a program.
  ///
  /// - Throws: ``ScenarioError`` where a statement makes no sense.
  static func record(_ scenario: Scenario, as profile: Profile) throws -> Batch {
    let recorder = Recorder(capacity: 512)
    let loop = EventLoop(
      clock: .virtual, profile: profile, seed: 0, recorder: recorder, echo: nil)
    loop.keepsOrderOfSets = true
    loop.handlesLeft = 2000
    let run = ScenarioRun(scenario, loop: loop)
    loop.program = run
    var ending = run.toItsEnd()
    if !Account.breaksOff(ending), loop.hasTasks { ending += Account.tasksAreLeft }
    if !Account.breaksOff(ending) { run.letGo() }
    recorder.record(.runEnded(exception: recorder.intern(ending)))
    let batch = recorder.drain()
    loop.setExceptionHandler { _, _ in }
    loop.close()
    run.letGo()
    if let mistake = run.mistake { throw mistake }
    if loop.cancelWentRound {
      throw OutsideScope("cancels tasks that wait for one another in a circle")
    }
    if run.reportsWithoutEnd {
      throw OutsideScope("has an exception handler that calls itself without end")
    }
    if loop.hasExitedEagerly { throw OutsideScope("ends in the first step of an eager task") }
    return batch
  }

  /// Drops all variables, so that whoever was never asked has to say so.
  ///
  /// A future that is never done and what waits for it keep one another alive; CPython's garbage
  /// collector finds them, and here their tie is cut.
  private func letGo() {
    loop.dropHandles()
    let futures = variables.values.compactMap { ($0 as? Operand)?.base as? AnyFuture }
    let others = threadFutures + gathers.compactMap(\.future)
    for future in futures + others where !future.isDone { future.dropCallbacks() }
    threadFutures = []
    gathers = []
    variables = [:]
    operands = [:]
    doneCallbacks = [:]
  }

  private func toItsEnd() -> String {
    do {
      let main = Result {
        if scenario.program.isEmpty {
          _ = try loop.runUntilComplete(self.coroutine("main"))
        } else {
          try runProgram()
        }
      }
      if case .failure(let error) = main, error is DeadlockError || error is EndlessError {
        throw error
      }
      try loop.cancelAllTasks()
      _ = try main.get()
      return ""
    } catch is DeadlockError {
      return "DeadlockError"
    } catch is EndlessError {
      return "EndlessError"
    } catch {
      return "\(error)"
    }
  }

  // MARK: Variables

  func note(_ error: ScenarioError) -> ScenarioError {
    mistake = mistake ?? error
    return error
  }

  func get<T>(_ node: Node, as type: T.Type = T.self) throws -> T {
    guard let name = node.text else { throw note(ScenarioError("\(node.json) is no variable.")) }
    guard let value = variables[name] else { throw NameError(variable: name) }
    guard let typed = value as? T else {
      throw note(ScenarioError("\(name) is not what is wanted here."))
    }
    return typed
  }

  func set(_ node: Node, _ value: Any) {
    if let name = node.text { variables[name] = value }
  }

  /// The one operand of a coroutine or future.
  func operand(of base: any Awaitable<Value>) -> Operand {
    if let known = operands[ObjectIdentifier(base)]?.operand { return known }
    let made = Operand(base)
    operands[ObjectIdentifier(base)] = WeakOperand(operand: made)
    return made
  }

  // MARK: Functions

  func coroutine(_ name: String) -> Coroutine<Value> {
    Coroutine("\(name)()") { [self] in
      guard let body = scenario.coroutines[name] else { throw NameError(variable: name) }
      if case .returned(let value) = try await run(body, Frame()) { return value }
      return .none
    }
  }

  func callback(_ name: Node) throws -> (name: String, body: () throws -> Void) {
    guard let name = name.text, let body = scenario.callbacks[name] else {
      throw note(ScenarioError("\(name.json) is no callback."))
    }
    return (
      name,
      { [self] in
        let frame = Frame()
        for statement in body {
          let call = try Call(statement)
          guard let flow = try runAtOnce(call, frame) else {
            throw note(ScenarioError("A callback cannot \(call.head)."))
          }
          if case .returned = flow { return }
        }
      }
    )
  }

  func run(_ statements: [Node], _ frame: Frame) async throws -> Flow {
    for statement in statements {
      let call: Call
      do { call = try Call(statement) } catch { throw note(error) }
      let flow = try await run(call, frame)
      if case .returned = flow { return flow }
    }
    return .next
  }
}

/// Coroutines and futures must die when CPython's do.
private struct WeakOperand {
  weak var operand: Operand?
}

struct WeakFuture {
  weak var future: AnyFuture?
}

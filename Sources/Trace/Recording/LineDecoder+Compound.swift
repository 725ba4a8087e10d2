extension LineDecoder {
  /// Reads the arguments of a line for several events; `docs/recording-format.md` has the table.
  mutating func decode(_ compound: Compound, _ arguments: inout Arguments) {
    expansion.removeAll(keepingCapacity: true)
    switch compound {
    case .coroutineBegan: coroutineBegan(&arguments)
    case .stepYielded: stepYielded(&arguments)
    case .stepYieldedAgain: stepYieldedAgain(&arguments)
    case .taskMade: taskMade(&arguments)
    case .taskMadeWithLane: taskMadeWithLane(&arguments)
    case .taskBegan: taskBegan(&arguments)
    case .taskReturned: taskReturned(&arguments)
    case .handleDone: handleDone(&arguments)
    case .handleResolved: handleResolved(&arguments)
    case .stepWaited: stepWaited(&arguments)
    case .stepWaitedAgain: stepWaitedAgain(&arguments)
    case .handlesScheduled: handlesScheduled(&arguments)
    }
  }

  private mutating func add(_ fact: Fact) { expansion.append(Event(time: time, fact: fact)) }

  /// The handle began when the event before happened: when the one before it ended. So did the
  /// coroutine that it resumed, if it did.
  private mutating func begin(_ handle: HandleID, resuming lane: LaneID = .none) {
    running = handle
    expansion.append(Event(time: timeBefore, fact: .handleBegan(handle)))
    if lane != .none { expansion.append(Event(time: timeBefore, fact: .coroutineResumed(lane))) }
  }

  private mutating func coroutineBegan(_ arguments: inout Arguments) {
    let lane = arguments.lane()
    let name = arguments.textID()
    let by = arguments.lane()
    let site = Site(file: arguments.textID(), line: arguments.number())
    add(.coroutineCreated(lane, name: name, parent: by, at: site))
    add(.coroutineAwaited(by: by, lane, line: arguments.number()))
    add(.coroutineStarted(lane))
  }

  private mutating func stepYielded(_ arguments: inout Arguments) {
    let handle = arguments.handle()
    let lane = arguments.lane()
    let line = arguments.number()
    let next = arguments.handle()
    let task = arguments.future()
    add(Step(lane: lane, line: line, wait: nil, task: task), in: handle, next: next)
  }

  private mutating func stepYieldedAgain(_ arguments: inout Arguments) {
    let handle = arguments.handle()
    let next = arguments.handle()
    guard let step = steps[handle], step.wait == nil else {
      return arguments.fail("it repeats a step that no line told of")
    }
    add(step, in: handle, next: next)
  }

  private mutating func add(_ turn: Step, in handle: HandleID, next: HandleID) {
    begin(handle, resuming: turn.lane)
    steps[next] = turn
    add(.handleScheduled(next, Callback(.step, turn.task), cause: Cause(.yielded)))
    add(.coroutineSuspended(turn.lane, on: Wait(.yield, .none), line: turn.line))
    add(.handleEnded(handle))
  }

  private mutating func taskMade(_ arguments: inout Arguments) {
    let task = arguments.future()
    let lane = arguments.lane()
    let name = arguments.textID()
    let by = arguments.lane()
    let handle = arguments.handle()
    add(.taskCreated(task, lane, name: name, by: by))
    add(.handleScheduled(handle, Callback(.step, task), cause: Cause(.taskCreated)))
  }

  private mutating func taskMadeWithLane(_ arguments: inout Arguments) {
    let task = arguments.future()
    let lane = LaneID(task.rawValue)
    let name = arguments.textID()
    let by = arguments.laneOrNone()
    let coroutine = arguments.textOrEmpty()
    let site = Site(file: arguments.textOrEmpty(), line: arguments.optionalNumber() ?? 0)
    add(.coroutineCreated(lane, name: coroutine, parent: by, at: site))
    add(.taskCreated(task, lane, name: name, by: by))
  }

  private mutating func taskBegan(_ arguments: inout Arguments) {
    let lane = LaneID(arguments.future().rawValue)
    add(.coroutineStarted(lane))
    add(.coroutineSuspended(lane, on: Wait(.unknown, .none), line: 0))
  }

  private mutating func taskReturned(_ arguments: inout Arguments) {
    let task = arguments.future()
    add(.coroutineReturned(LaneID(task.rawValue), value: .empty))
    add(.futureResolved(task, .result))
  }

  private mutating func handleDone(_ arguments: inout Arguments) {
    begin(arguments.handle())
    add(.handleEnded(running))
  }

  private mutating func handleResolved(_ arguments: inout Arguments) {
    let handle = arguments.handle()
    let future = arguments.future()
    let next = arguments.handle()
    let task = arguments.future()
    begin(handle)
    add(.futureResolved(future, .result))
    add(.handleScheduled(next, Callback(.wakeup, task), cause: Cause(.futureResolved, future)))
    add(.handleEnded(handle))
    wake(next, by: future)
  }

  /// The handle of the step that a future's end leads to may wait as the step before it did.
  mutating func wake(_ handle: HandleID, by future: FutureID) {
    guard !waits.isEmpty, let step = waits.removeValue(forKey: future) else { return }
    steps[handle] = step
  }

  private mutating func stepWaited(_ arguments: inout Arguments) {
    let handle = arguments.handle()
    let lane = arguments.lane()
    let line = arguments.number()
    let kind = arguments.openWord(Wait.Kind.self, or: .unknown)
    let future = arguments.future()
    let purpose = arguments.textOrEmpty()
    let resource = arguments.resourceOrNone()
    let step = Step(lane: lane, line: line, wait: kind, purpose: purpose, resource: resource)
    add(step, in: handle, for: kind, future)
  }

  private mutating func stepWaitedAgain(_ arguments: inout Arguments) {
    let handle = arguments.handle()
    let future = arguments.future()
    guard let step = steps[handle], let kind = step.wait else {
      return arguments.fail("it repeats a step that no line told of")
    }
    add(step, in: handle, for: kind, future)
  }

  private mutating func add(
    _ step: Step, in handle: HandleID, for kind: Wait.Kind, _ future: FutureID
  ) {
    begin(handle, resuming: step.lane)
    if step.purpose != .empty {
      waits[future] = step
      add(.futureCreated(future, kind: step.purpose, of: step.resource))
    }
    add(.coroutineSuspended(step.lane, on: Wait(kind, future), line: step.line))
    add(.handleEnded(handle))
  }

  private mutating func handlesScheduled(_ arguments: inout Arguments) {
    let first = arguments.handle()
    let callback = Callback(function: arguments.textID())
    let count = arguments.number(upTo: RecordingFormat.mostScheduledAtOnce)
    countLines(Int64(count))
    guard Int64(first.rawValue) + Int64(count) <= greatestIdentity else {
      return arguments.fail("a number is out of range")
    }
    for number in 0..<count {
      let handle = HandleID(first.rawValue + number)
      add(.handleScheduled(handle, callback, cause: Cause(.external)))
    }
  }
}

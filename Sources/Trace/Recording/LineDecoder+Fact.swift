extension LineDecoder {
  /// Reads the arguments of an event; `docs/recording-format.md` has the table.
  @inline(__always) mutating func decodeFact(
    _ kind: Kind, _ arguments: inout Arguments
  ) -> Fact {
    switch kind {
    case .coroutineCreated:
      .coroutineCreated(
        arguments.lane(), name: arguments.textID(), parent: arguments.laneOrNone(),
        at: Site(file: arguments.textOrEmpty(), line: arguments.optionalNumber() ?? 0))
    case .coroutineOrigin:
      .coroutineOrigin(
        arguments.lane(), at: Site(file: arguments.textID(), line: arguments.number()))
    case .coroutineStarted: .coroutineStarted(arguments.lane())
    case .coroutineSuspended: suspension(&arguments)
    case .coroutineResumed: .coroutineResumed(arguments.lane())
    case .coroutineReturned:
      .coroutineReturned(arguments.lane(), value: arguments.textOrEmpty())
    case .coroutineRaised:
      .coroutineRaised(
        arguments.lane(), exception: arguments.textID(), traceback: arguments.textOrEmpty())
    case .coroutineCancelled: .coroutineCancelled(arguments.lane())
    case .coroutineNeverAwaited: .coroutineNeverAwaited(arguments.lane())
    case .coroutineAwaited:
      .coroutineAwaited(
        by: arguments.lane(), arguments.lane(), line: arguments.optionalNumber() ?? 0)
    case .taskCreated:
      .taskCreated(
        arguments.future(), arguments.lane(), name: arguments.textID(),
        by: arguments.laneOrNone())
    case .taskRenamed:
      .taskRenamed(arguments.future(), name: arguments.textOrEmpty(), by: arguments.laneOrNone())
    case .futureCreated:
      .futureCreated(
        arguments.future(), kind: arguments.textOrEmpty(), of: arguments.resourceOrNone())
    case .futureAwaits: .futureAwaits(arguments.future(), arguments.future())
    case .futureResolved:
      .futureResolved(arguments.future(), arguments.word(Outcome.self, or: .result))
    case .taskRefused: .taskRefused(arguments.future())
    case .resourceCreated:
      .resourceCreated(
        arguments.resource(), arguments.word(ResourceKind.self, or: .lock),
        name: arguments.textOrEmpty(), limit: arguments.optionalNumber() ?? 0)
    case .resourceChanged:
      .resourceChanged(
        arguments.resource(), level: arguments.number(), holder: arguments.laneOrNone())
    case .timerScheduled: timer(&arguments)
    case .timerFired: .timerFired(arguments.handle())
    case .handleScheduled: scheduled(&arguments)
    case .handleCancelled: .handleCancelled(arguments.handle())
    case .handleBegan: began(&arguments)
    case .handleEnded:
      .handleEnded(arguments.optionalIdentity().map { HandleID($0) } ?? running)
    case .stackSampled: stack(&arguments)
    case .tickBegan: .tickBegan(arguments.number())
    case .stoodStill: .stoodStill
    case .timeJumped: jump(&arguments)
    case .runEnded: .runEnded(exception: arguments.textOrEmpty())
    case .output:
      .output(
        arguments.textID(), by: arguments.laneOrNone(),
        arguments.optionalWord(Stream.self, or: .stdout))
    case .warned: .warned(arguments.textID(), by: arguments.laneOrNone())
    case .exceptionReported:
      .exceptionReported(arguments.textID(), by: arguments.laneOrNone())
    case .marked: .marked(arguments.textID())
    case .sourceRead: .sourceRead(file: arguments.textID(), text: arguments.textID())
    case .dropped: .dropped(count: arguments.number())
    }
  }

  @inline(__always) private func suspension(_ arguments: inout Arguments) -> Fact {
    let lane = arguments.lane()
    let line = arguments.number()
    // What it waits for may be a word of a later version: it waits all the same.
    let kind = arguments.openWord(Wait.Kind.self, or: .unknown)
    return .coroutineSuspended(lane, on: Wait(kind, arguments.futureOrNone()), line: line)
  }

  /// It cannot have jumped from before the start, nor from what comes later.
  @inline(__always) private func jump(_ arguments: inout Arguments) -> Fact {
    .timeJumped(from: min(max(arguments.optionalInteger() ?? timeBefore, 0), time))
  }

  @inline(__always) private func timer(_ arguments: inout Arguments) -> Fact {
    let handle = arguments.handle()
    let delay = arguments.integer()
    let when = min(time + delay, RecordingFormat.latestTime)
    return .timerScheduled(handle, when: when, arguments.callback())
  }

  @inline(__always) private func stack(_ arguments: inout Arguments) -> Fact {
    let text = arguments.textID()
    let lane = arguments.laneOrNone()
    let handle = arguments.optionalIdentity().map { HandleID($0) } ?? running
    return .stackSampled(handle, stack: text, by: lane)
  }

  @inline(__always) private mutating func scheduled(_ arguments: inout Arguments) -> Fact {
    let handle = arguments.handle()
    let callback = arguments.callback()
    let cause = arguments.cause()
    if cause.kind == .futureResolved, callback.kind == .wakeup { wake(handle, by: cause.future) }
    return .handleScheduled(handle, callback, cause: cause)
  }

  @inline(__always) private mutating func began(_ arguments: inout Arguments) -> Fact {
    running = arguments.handle()
    return .handleBegan(running)
  }
}

extension Arguments {
  mutating func lane() -> LaneID { LaneID(identity()) }
  mutating func future() -> FutureID { FutureID(identity()) }
  mutating func resource() -> ResourceID { ResourceID(identity()) }
  mutating func handle() -> HandleID { HandleID(identity()) }
  mutating func textID() -> TextID { TextID(identity()) }
  mutating func laneOrNone() -> LaneID { LaneID(optionalIdentity() ?? 0) }
  mutating func futureOrNone() -> FutureID { FutureID(optionalIdentity() ?? 0) }
  mutating func resourceOrNone() -> ResourceID { ResourceID(optionalIdentity() ?? 0) }
  mutating func textOrEmpty() -> TextID { TextID(optionalIdentity() ?? 0) }

  mutating func callback() -> Callback {
    let kind = word(Callback.Kind.self, or: .function)
    let subject = identity()
    return kind == .function
      ? Callback(function: TextID(subject)) : Callback(kind, FutureID(subject))
  }

  mutating func cause() -> Cause {
    Cause(word(Cause.Kind.self, or: .external), futureOrNone())
  }
}

package import Trace

/// Writes a run by hand, fact by fact, as a loop would: it counts identities, interns texts and
/// knows which facts come together.
package struct Script {
  package struct Task: Equatable {
    package var future: FutureID
    package var lane: LaneID
    /// The handle of its first step.
    package var firstStep: HandleID
  }

  /// A sleep: the future that the timer resolves.
  package struct Sleep: Equatable {
    package var future: FutureID
    package var timer: HandleID
  }

  package private(set) var batch = Batch()
  /// Nanoseconds since the start of the run, for the facts that follow.
  package var time: Int64 = 0

  private var texts = [String: TextID]()
  private var lanes: UInt32 = 0
  private var futures: UInt32 = 0
  private var handles: UInt32 = 0
  private var ticks: UInt32 = 0

  package init() {}

  package var timeline: Timeline {
    var timeline = Timeline()
    timeline.append(batch)
    return timeline
  }

  /// The cursor after what was written so far.
  package var cursor: Int { batch.events.count }

  package mutating func add(_ fact: Fact) {
    batch.events.append(Event(time: time, fact: fact))
  }

  package mutating func text(_ text: String) -> TextID {
    if text.isEmpty { return .empty }
    if let id = texts[text] { return id }
    batch.texts.append(text)
    let id = TextID(UInt32(batch.texts.count))
    texts[text] = id
    return id
  }

  // MARK: Coroutines

  package mutating func lane(
    _ name: String, by parent: LaneID = .none, file: String = "demo.py", line: UInt32 = 0,
    calledAt: UInt32? = nil
  ) -> LaneID {
    lanes += 1
    let lane = LaneID(lanes)
    let site = Site(file: text(file), line: line)
    add(.coroutineCreated(lane, name: text(name), parent: parent, at: site))
    if let calledAt { add(.coroutineOrigin(lane, at: Site(file: text(file), line: calledAt))) }
    return lane
  }

  package mutating func start(_ lane: LaneID) { add(.coroutineStarted(lane)) }

  package mutating func resume(_ lane: LaneID) { add(.coroutineResumed(lane)) }

  package mutating func suspend(
    _ lane: LaneID, _ kind: Wait.Kind, _ future: FutureID = .none, line: UInt32 = 0
  ) {
    add(.coroutineSuspended(lane, on: Wait(kind, future), line: line))
  }

  package mutating func `return`(_ lane: LaneID, _ value: String = "") {
    add(.coroutineReturned(lane, value: text(value)))
  }

  /// A direct await of a fresh coroutine, up to its first line.
  package mutating func awaitNew(
    _ name: String, by outer: LaneID, line: UInt32 = 0
  ) -> LaneID {
    let inner = lane(name, by: outer, line: line)
    add(.coroutineAwaited(by: outer, inner, line: line))
    start(inner)
    return inner
  }

  // MARK: Tasks and futures

  package mutating func task(
    _ lane: LaneID, named name: String? = nil, by creator: LaneID = .none
  ) -> Task {
    futures += 1
    let future = FutureID(futures)
    add(.taskCreated(future, lane, name: text(name ?? "Task-\(futures)"), by: creator))
    return Task(
      future: future, lane: lane,
      firstStep: schedule(Callback(.step, future), Cause(.taskCreated)))
  }

  package mutating func future(_ kind: String, of resource: ResourceID = .none) -> FutureID {
    futures += 1
    add(.futureCreated(FutureID(futures), kind: text(kind), of: resource))
    return FutureID(futures)
  }

  package mutating func gather(_ members: [FutureID]) -> FutureID {
    let future = future("gather")
    for member in members { add(.futureAwaits(future, member)) }
    return future
  }

  /// Resolves a future and schedules one callback for it.
  package mutating func resolve(
    _ future: FutureID, _ outcome: Outcome = .result, then callback: Callback
  ) -> HandleID {
    add(.futureResolved(future, outcome))
    return schedule(callback, Cause(.futureResolved, future))
  }

  // MARK: The loop

  package mutating func schedule(_ callback: Callback, _ cause: Cause) -> HandleID {
    handles += 1
    add(.handleScheduled(HandleID(handles), callback, cause: cause))
    return HandleID(handles)
  }

  package mutating func timer(at when: Int64, _ callback: Callback) -> HandleID {
    handles += 1
    add(.timerScheduled(HandleID(handles), when: when, callback))
    return HandleID(handles)
  }

  package mutating func sleep(_ lane: LaneID, until when: Int64, line: UInt32 = 0) -> Sleep {
    let future = future("sleep")
    let timer = timer(at: when, Callback(.setResult, future))
    suspend(lane, .sleep, future, line: line)
    return Sleep(future: future, timer: timer)
  }

  package mutating func tick() {
    ticks += 1
    add(.tickBegan(ticks))
  }

  /// The clock jumps to the deadline of a timer, which fires in the tick that begins then.
  package mutating func fire(_ timers: HandleID..., at when: Int64) {
    let from = time
    time = when
    add(.timeJumped(from: from))
    tick()
    for timer in timers { add(.timerFired(timer)) }
  }

  package mutating func begin(_ handle: HandleID) { add(.handleBegan(handle)) }

  package mutating func end(_ handle: HandleID) { add(.handleEnded(handle)) }

  /// One whole step.
  package mutating func step(_ handle: HandleID, _ body: (inout Script) -> Void) {
    begin(handle)
    body(&self)
    end(handle)
  }

  /// The step in which a timer ends a sleep.
  ///
  /// - Returns: the wakeup that it schedules.
  package mutating func wake(_ sleep: Sleep, _ task: FutureID) -> HandleID {
    begin(sleep.timer)
    let wakeup = resolve(sleep.future, then: Callback(.wakeup, task))
    end(sleep.timer)
    return wakeup
  }

  package mutating func print(_ line: String, by lane: LaneID) {
    add(.output(text(line), by: lane, .stdout))
  }
}

extension Int64 {
  /// A number of milliseconds in nanoseconds.
  package static func ms(_ milliseconds: Int64) -> Int64 { milliseconds * 1_000_000 }
}

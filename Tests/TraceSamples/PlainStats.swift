package import Trace

/// What the functions of a run came to, added up the plain way, from each event to the next.
package struct PlainStats {
  package struct Function: Equatable {
    package var calls = 0
    package var before = 0
    package var atOnce = 0
    package var left = 0
    package var returned = 0
    package var failed = 0
    package var cancelled = 0
    package var neverAwaited = 0
    package var lost = 0
    package var steps: Set<Int> = []
    package var time: Int64 = 0
    /// By what was waited for; also `pending`, `running`, `awaiting`, `between` and `unknown`.
    package var states: [String: Int64] = [:]

    package init() {}
  }

  package private(set) var functions: [String: Function] = [:]
  package private(set) var busy: Int64 = 0
  package private(set) var atOnce = 0
  package private(set) var longestQueue = 0
  package private(set) var queueing: [Int64] = []
  package private(set) var lateness: [Int64] = []

  private let range: Range<Int>
  private let times: ClosedRange<Int64>
  private var run = ReferenceRun()
  private var names: [LaneID: String] = [:]
  private var made: [LaneID: Int] = [:]
  private var kinds: [LaneID: Wait.Kind] = [:]
  private var entered: [HandleID: Int64] = [:]
  private var ends: [LaneID: Int] = [:]
  /// The step of each handle that runs.
  private var numbers: [HandleID: Int] = [:]

  /// - Parameter range: the events that are counted.
  package init(_ batch: Batch, in range: Range<Int>) {
    self.range = range
    let events = batch.events
    let first = events[max(0, range.lowerBound - 1)].time
    times = first...max(first, range.isEmpty ? 0 : events[range.upperBound - 1].time)
    for index in 0..<range.upperBound {
      take(events[index], at: index, texts: [""] + batch.texts)
      let end = index + 1 < range.upperBound ? events[index + 1].time : times.upperBound
      let start = max(events[index].time, times.lowerBound)
      spend(max(0, min(end, times.upperBound) - start))
    }
    for lane in run.laneOrder { count(lane) }
  }

  private mutating func take(_ event: Event, at index: Int, texts: [String]) {
    let before = run
    run.apply(event)
    let isCounted = range.contains(index)
    switch event.fact {
    case .coroutineCreated(let id, let name, _, let site)
    where run.laneOrder.count > before.laneOrder.count:
      let name = texts[Int(name.rawValue)].split(separator: "(").first ?? ""
      names[id] = "\(name):\(site.line)"
      made[id] = index
    case .coroutineSuspended(let id, let wait, _): kinds[id] = wait.kind
    case .handleScheduled(let id, _, _), .timerFired(let id):
      guard before.handles[id]?.hasEntered != true, run.handles[id]?.hasEntered == true else {
        break
      }
      entered[id] = event.time
      if case .timerFired = event.fact, isCounted, let when = run.handles[id]?.when {
        lateness.append(max(0, event.time - when))
      }
    case .handleBegan(let id)
    where before.handles[id]?.hasBegun == false && run.handles[id]?.hasBegun == true:
      numbers[id] = run.steps.count
      guard isCounted, let handle = run.handles[id] else { break }
      if let time = entered[id] { queueing.append(event.time - time) }
      if ![.step, .wakeup].contains(handle.callback.kind) {
        functions[name(of: handle, texts), default: Function()].calls += 1
      }
    default: break
    }
    for id in run.laneOrder where ends[id] == nil && run.lanes[id]?.state.isEnded == true {
      ends[id] = index
    }
    if index >= range.lowerBound - 1 { countAlive() }
    if isCounted { longestQueue = max(longestQueue, run.ready.count) }
    current = run.running.flatMap { run.handles[$0] }.map { name(of: $0, texts) }
  }

  /// The name of the handle that runs.
  private var current: String?

  private func name(of handle: ReferenceRun.Handle, _ texts: [String]) -> String {
    handle.callback.kind == .function ? "callback \(texts[Int(handle.callback.subject)])" : "loop"
  }

  private mutating func countAlive() {
    var alive: [String: Int] = [:]
    for (id, name) in names where ends[id] == nil { alive[name, default: 0] += 1 }
    for (name, count) in alive {
      let most = functions[name, default: Function()].atOnce
      functions[name, default: Function()].atOnce = max(most, count)
    }
    atOnce = max(atOnce, names.count - ends.count)
  }

  private mutating func spend(_ time: Int64) {
    if let handle = run.running, let current {
      busy += time
      let name = run.onLoop.flatMap { names[$0] } ?? current
      functions[name, default: Function()].time += time
      functions[name, default: Function()].steps.insert(numbers[handle] ?? 0)
    }
    for id in run.laneOrder {
      guard let lane = run.lanes[id], let name = names[id], time > 0 else { continue }
      let state =
        lane.state == .sleeping || lane.state == .waiting
        ? Self.words[kinds[id] ?? .unknown] ?? "other" : "\(lane.state)"
      functions[name, default: Function()].states[state, default: 0] += time
    }
  }

  private static let words: [Wait.Kind: String] = [
    .sleep: "timer", .io: "socket", .lock: "lock", .semaphore: "lock", .event: "event",
    .condition: "event", .barrier: "event", .queueGet: "queue", .queuePut: "queue",
    .queueJoin: "queue", .task: "task", .gather: "task", .wait: "task", .future: "future",
    .thread: "thread", .subprocess: "process", .consumer: "between",
  ]

  private mutating func count(_ id: LaneID) {
    guard let name = names[id], let lane = run.lanes[id] else { return }
    if let end = ends[id], end < range.lowerBound { return }
    var function = functions[name, default: Function()]
    if range.contains(made[id] ?? -1) { function.calls += 1 } else { function.before += 1 }
    switch lane.state {
    case .done: function.returned += 1
    case .failed: function.failed += 1
    case .cancelled: function.cancelled += 1
    case .neverAwaited: function.neverAwaited += 1
    case .unknown: function.lost += 1
    default: function.left += 1
    }
    functions[name] = function
  }
}

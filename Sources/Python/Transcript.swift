import Trace

/// The facts of a run in one order: those that the recorder tells, and those that only we know.
///
/// Both name texts, so the recorder's texts get new numbers once one of ours stands between them.
struct Transcript {
  private var batch = Batch()
  private var textCount: UInt32 = 0
  /// The recorder's texts in their order, and after how many of them each of ours came.
  private var told: [String] = [""]
  private var ours: [UInt32] = []
  private var time: Int64 = 0
  private var latestOfOurs: Int64 = 0
  private(set) var hasEnd = false
  /// The text of the recorder's last event, if that was a mark.
  private(set) var lastMark: String?
  /// How many handles have ended.
  private(set) var handlesEnded = 0
  /// How many of them have not been handed out.
  private(set) var handlesInHand = 0

  /// Takes in what the recorder tells.
  ///
  /// - Parameters:
  ///   - bytes: for outputs that arrive as other bytes than their text's, the texts that have those for
  ///     characters, by the index of the event.
  ///   - output: receives what the program wrote to its streams.
  mutating func append(
    _ more: Batch, bytes: [Int: [TextID]] = [:], output: ([UInt8], Trace.Stream) -> Void
  ) {
    told += more.texts
    for (index, event) in more.events.enumerated() {
      time = max(time, event.time)
      lastMark = nil
      switch event.fact {
      case .output(let text, _, let stream):
        if let texts = bytes[index] {
          let scalars = texts.map(toldText).joined().unicodeScalars
          output(scalars.map { UInt8(truncatingIfNeeded: $0.value) }, stream)
        } else {
          output(Array(toldText(text).utf8), stream)
        }
      case .runEnded: hasEnd = true
      case .marked(let text): lastMark = toldText(text)
      case .handleEnded:
        handlesEnded += 1
        handlesInHand += 1
      default: break
      }
    }
    batch.texts += more.texts
    textCount += UInt32(more.texts.count)
    if ours.isEmpty {
      batch.events += more.events
    } else {
      batch.events += more.events.map { event in
        // It may have been on its way when ours was added.
        let time = max(event.time, latestOfOurs)
        return Event(time: time, fact: event.fact.withTexts { number(of: $0) })
      }
    }
  }

  /// What we add next happens at a moment of the loop's clock, if that is known, and not before the
  /// last fact.
  mutating func advance(to moment: Int64?) { time = max(time, moment ?? time) }

  /// Adds a fact that we know.
  mutating func append(text: String, _ fact: (TextID) -> Fact) {
    batch.texts.append(text)
    textCount += 1
    ours.append(UInt32(told.count - 1))
    append(fact(TextID(textCount)))
  }

  mutating func append(_ fact: Fact) {
    if case .runEnded = fact { hasEnd = true }
    batch.events.append(Event(time: time, fact: fact))
    latestOfOurs = time
  }

  /// Hands out all since the last call.
  mutating func drain() -> Batch {
    defer {
      batch = Batch()
      handlesInHand = 0
    }
    return batch
  }

  private func toldText(_ id: TextID) -> String {
    let index = Int(id.rawValue)
    return index < told.count ? told[index] : ""
  }

  /// The number of one of the recorder's texts among all. O(log of ours).
  private func number(of id: TextID) -> TextID {
    var low = 0
    var high = ours.count
    while low < high {
      let middle = (low + high) / 2
      if ours[middle] < id.rawValue { low = middle + 1 } else { high = middle }
    }
    return id == .empty ? .empty : TextID(id.rawValue + UInt32(low))
  }
}

extension Fact {
  /// The same fact with other numbers for its texts.
  func withTexts(_ number: (TextID) -> TextID) -> Fact {
    switch self {
    case .coroutineCreated(let lane, let name, let parent, let site):
      .coroutineCreated(
        lane, name: number(name), parent: parent,
        at: Site(file: number(site.file), line: site.line))
    case .coroutineOrigin(let lane, let site):
      .coroutineOrigin(lane, at: Site(file: number(site.file), line: site.line))
    case .coroutineReturned(let lane, let value): .coroutineReturned(lane, value: number(value))
    case .coroutineRaised(let lane, let exception, let traceback):
      .coroutineRaised(lane, exception: number(exception), traceback: number(traceback))
    case .taskRenamed(let task, let name, let by):
      .taskRenamed(task, name: number(name), by: by)
    case .taskCreated(let future, let lane, let name, let by):
      .taskCreated(future, lane, name: number(name), by: by)
    case .futureCreated(let future, let kind, let resource):
      .futureCreated(future, kind: number(kind), of: resource)
    case .resourceCreated(let resource, let kind, let name, let limit):
      .resourceCreated(resource, kind, name: number(name), limit: limit)
    case .timerScheduled(let handle, let when, let callback):
      .timerScheduled(handle, when: when, callback.withText(number))
    case .handleScheduled(let handle, let callback, let cause):
      .handleScheduled(handle, callback.withText(number), cause: cause)
    case .stackSampled(let handle, let stack, let by):
      .stackSampled(handle, stack: number(stack), by: by)
    case .runEnded(let exception): .runEnded(exception: number(exception))
    case .output(let text, let by, let stream): .output(number(text), by: by, stream)
    case .warned(let text, let by): .warned(number(text), by: by)
    case .exceptionReported(let text, let by): .exceptionReported(number(text), by: by)
    case .marked(let text): .marked(number(text))
    case .sourceRead(let file, let text): .sourceRead(file: number(file), text: number(text))
    case .coroutineStarted, .coroutineSuspended, .coroutineResumed, .coroutineCancelled,
      .coroutineNeverAwaited, .coroutineAwaited, .futureAwaits, .futureResolved, .taskRefused,
      .resourceChanged, .timerFired,
      .handleCancelled, .handleBegan, .handleEnded, .tickBegan, .timeJumped, .stoodStill,
      .dropped:
      self
    }
  }
}

extension Callback {
  fileprivate func withText(_ number: (TextID) -> TextID) -> Callback {
    kind == .function ? Callback(function: number(name)) : self
  }
}

package import Trace

extension Timeline {
  /// What an event says, in the past tense: `speak() started`.
  package func sentence(forEvent index: Int) -> String {
    plain(sentence(for: events[index].fact, at: index))
  }

  /// What a long step was, for the event that ended it: `step 7 took 0.501 s, and nothing else could
  /// run: the wakeup of main()`. Where several loops run, in threads of theirs, that is said of its own.
  package func sentence(forLongStep event: Int) -> String {
    guard case .handleEnded(let id) = events[event].fact, let handle = handle(id),
      let began = handle.began
    else { return "a step took long" }
    let time = seconds(events[event].time - events[began].time)
    let stood =
      hasOthers(in: began..<event) ? "its loop could run nothing else" : "nothing else could run"
    let seen = sightingClause(in: began..<event, of: id).map { "; it was \($0)" } ?? ""
    return plain("step \(steps(at: event)) took \(time), and \(stood): \(phrase(handle))\(seen)")
  }

  /// How a task swallowed a cancellation, after its name.
  func clause(forRefusal event: Int) -> String {
    guard case .taskRefused(let task) = events[event].fact, let lane = future(task)?.lane,
      let wait = swallowedCancellation(of: task, before: event)
    else { return "swallowed a cancellation" }
    var value = ""
    if let last = change(of: lane, at: event),
      case .coroutineReturned(_, let text) = events[last.event].fact, text != .empty
    {
      value = " \(self.text(text))"
    }
    let end = wait.isPast ? ", went on and returned" : " and returned"
    return "was cancelled \(cancellation(in: wait.cause).source), but swallowed the CancelledError"
      + end + value
  }

  /// An event with its moment and its step, as one line:
  /// `0.000s  step 2  speak() started`.
  package func line(forEvent index: Int) -> String {
    "\(place(ofEvent: index))  \(sentence(forEvent: index))"
  }

  /// Events as lines whose sentences stand in one column. O(events), and what each sentence takes.
  package func lines(forEvents indexes: some Sequence<Int>) -> some Sequence<String> {
    let indexes = Array(indexes)
    let times = indexes.lazy.map { timeText(events[$0].time).count }.max() ?? 0
    let steps = tellsNoSteps ? 0 : indexes.last.map { stepText(ofEvent: $0).count } ?? 0
    return indexes.lazy.map { index in
      let time = timeText(events[index].time)
      let step = stepText(ofEvent: index)
      let indent = String(repeating: " ", count: times - time.count)
      let gap = String(repeating: " ", count: max(0, steps - step.count))
      return "\(indent)\(time)  \(steps > 0 ? "\(step)\(gap)  " : "")\(sentence(forEvent: index))"
    }
  }

  /// An event's moment and its step, where steps are told: `0.000s  step 2`.
  package func place(ofEvent index: Int) -> String {
    let time = timeText(events[index].time)
    return tellsNoSteps ? time : "\(time)  \(stepText(ofEvent: index))"
  }

  private func stepText(ofEvent index: Int) -> String {
    let step = steps(at: index + 1)
    return step > 0 ? "step \(step)" : "start"
  }

  private func sentence(for fact: Fact, at index: Int) -> String {
    switch fact {
    case .coroutineCreated, .coroutineOrigin, .coroutineStarted, .coroutineSuspended,
      .coroutineResumed, .coroutineReturned, .coroutineRaised, .coroutineCancelled,
      .coroutineNeverAwaited,
      .coroutineAwaited:
      coroutineSentence(for: fact, at: index)
    case .taskCreated, .taskRenamed, .futureCreated, .futureAwaits, .futureResolved, .taskRefused:
      isStray(resolvedAt: index)
        ? futureSentence(for: fact) + ", from another thread or a signal handler"
        : futureSentence(for: fact)
    case .resourceCreated(let id, let kind, _, let limit):
      "\(label(of: id)) was made\(capacity(kind, limit))"
    case .resourceChanged(let id, let level, let holder):
      sentence(forChangeOf: id, to: level, holder)
    case .timerScheduled, .timerFired, .handleScheduled, .handleCancelled, .handleBegan,
      .handleEnded:
      handleSentence(for: fact, at: index)
    case .stackSampled(_, let stack, let lane): sentence(forStack: stack, of: lane)
    case .tickBegan(let number): "tick \(number) began"
    case .timeJumped(let from):
      "the clock jumped from \(seconds(from)) to \(seconds(events[index].time))"
    case .stoodStill: "the loop stood still: nothing could wake it"
    case .runEnded(let exception):
      exception == .empty ? "the run ended" : "the run ended with \(text(exception))"
    case .output(let text, let lane, let stream):
      "\(label(of: lane)) \(stream == .stdout ? "printed" : "wrote to stderr") \(quoted(text))"
    case .warned(let text, let lane):
      lane == .none
        ? "a warning was given: \(self.text(text))"
        : "\(label(of: lane)) gave a warning: \(self.text(text))"
    case .exceptionReported(let text, _): "the loop reported an exception: \(self.text(text))"
    case .marked(let text): "a mark was set: \(self.text(text))"
    case .sourceRead(let file, _): "the text of \(text(file)) was kept"
    case .dropped(let count): sentence(forLoss: UInt64(count))
    }
  }

  /// `3 events were lost`.
  package func sentence(forLoss count: UInt64) -> String {
    "\(counted(Int(clamping: count), "event")) \(count == 1 ? "was" : "were") lost"
  }

  private func coroutineSentence(for fact: Fact, at index: Int) -> String {
    switch fact {
    case .coroutineCreated(let lane, _, let parent, let site):
      parent == .none
        ? "\(label(of: lane)) was created\(definition(site))"
        : "\(label(of: parent)) created \(label(of: lane))\(definition(site))"
    case .coroutineOrigin(let lane, let site): "\(label(of: lane)) was called\(place(site))"
    case .coroutineStarted(let lane): "\(label(of: lane)) started"
    case .coroutineSuspended(let lane, let wait, let line):
      "\(label(of: lane)) \(suspension(on: wait, at: index))\(place(line: line, of: lane))"
    case .coroutineResumed(let lane): "\(label(of: lane)) went on"
    case .coroutineReturned(let lane, let value):
      "\(label(of: lane)) returned" + (value == .empty ? "" : " \(text(value))")
    case .coroutineRaised(let lane, let exception, let traceback):
      "\(label(of: lane)) raised \(text(exception))\(raised(in: traceback, of: lane))"
    case .coroutineCancelled(let lane): "\(label(of: lane)) was cancelled"
    case .coroutineNeverAwaited(let lane): "\(label(of: lane)) was never awaited"
    case .coroutineAwaited(let outer, let inner, let line):
      "\(label(of: outer)) awaited \(label(of: inner))\(place(line: line, of: outer))"
    default: ""
    }
  }

  private func suspension(on wait: Wait, at index: Int) -> String {
    switch wait.kind {
    case .yield: return "gave up its turn"
    case .sleep:
      guard let when = timer(of: wait.future)?.when else { return "went to sleep" }
      return "went to sleep until \(seconds(when))"
    default: return "began to wait \(phrase(wait, at: index))"
    }
  }

  private func futureSentence(for fact: Fact) -> String {
    switch fact {
    case .taskCreated(let task, let lane, let name, let creator):
      let name = text(name).isEmpty ? "task \(task.rawValue)" : text(name)
      return creator == .none
        ? "\(name) was made of \(label(of: lane))"
        : "\(label(of: creator)) made \(name) of \(label(of: lane))"
    case .taskRenamed(let task, let name, let by):
      let renamed = "the task \(label(of: task))"
      if by == .none { return "\(renamed) was named \(text(name))" }
      let isOwn = future(task)?.lane == by
      return "\(label(of: by)) named \(isOwn ? "its task" : renamed) \(text(name))"
    case .futureCreated(let future, _, _): return "\(label(of: future)) was made"
    case .futureAwaits(let owner, let member):
      return "\(label(of: owner)) came to wait for \(label(of: member))"
    case .futureResolved(let future, let outcome):
      let name =
        self.future(future)?.isTask == true
        ? "the task \(label(of: future))" : label(of: future)
      switch outcome {
      case .result: return "\(name) got its result"
      case .exception: return "\(name) got an exception"
      case .cancelled: return "\(name) was cancelled"
      }
    case .taskRefused(let task):
      return "the task \(label(of: task)) has a result although it was to be cancelled"
    default: return ""
    }
  }

  private func handleSentence(for fact: Fact, at index: Int) -> String {
    switch fact {
    case .timerScheduled(_, let when, let callback):
      "a timer was set to fire at \(seconds(when)): \(phrase(callback))"
    case .timerFired(let id): "a timer fired: \(phrase(id))"
    case .handleScheduled(_, let callback, let cause):
      "\(phrase(callback, isFirst: cause.kind == .taskCreated)) entered the ready queue, "
        + reason(for: cause)
    case .handleCancelled(let id): "\(phrase(id)) was cancelled"
    case .handleBegan(let id): "step \(steps(at: index + 1)) began: \(phrase(id))"
    case .handleEnded: "step \(steps(at: index + 1)) ended"
    default: ""
    }
  }

  private func phrase(_ id: HandleID) -> String {
    handle(id).map(phrase) ?? "handle \(id.rawValue)"
  }

  private func reason(for cause: Cause) -> String {
    switch cause.kind {
    case .taskCreated: "because its task was made"
    case .yielded: "because it gave up its turn"
    case .futureResolved: "because \(outcomeClause(of: cause.future))"
    case .callSoon: "asked for with call_soon"
    case .external: "asked for from outside the loop"
    case .timer: "because its timer fired"
    }
  }

  /// `the task speak() was done`.
  private func outcomeClause(of id: FutureID) -> String {
    let name = future(id)?.isTask == true ? "the task \(label(of: id))" : label(of: id)
    switch future(id)?.outcome {
    case .exception: return "\(name) got an exception"
    case .cancelled: return "\(name) was cancelled"
    case .result, nil: return "\(name) was done"
    }
  }

  /// What was printed, without the line's end that `print` adds.
  private func quoted(_ id: TextID) -> String { "\"\(text(id).withoutLineEnd)\"" }
}

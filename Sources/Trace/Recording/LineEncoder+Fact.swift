extension LineEncoder {
  /// Encodes one event as one line; `docs/recording-format.md` has the table.
  mutating func encode(_ event: Event) {
    buffer.reserve(Self.longestEvent)
    let moment = event.time
    switch event.fact {
    case .coroutineCreated(let lane, let name, let parent, let site):
      need(name)
      need(site.file)
      begin(.coroutineCreated, at: moment)
      argument(lane.rawValue)
      argument(name.rawValue)
      if parent != .none || site != .unknown { argument(parent.rawValue) }
      if site != .unknown { argument(site.file.rawValue) }
      if site.line != 0 { argument(site.line) }
    case .coroutineOrigin(let lane, let site):
      need(site.file)
      begin(.coroutineOrigin, at: moment)
      argument(lane.rawValue)
      argument(site.file.rawValue)
      argument(site.line)
    case .coroutineStarted(let lane):
      begin(.coroutineStarted, at: moment)
      argument(lane.rawValue)
    case .coroutineSuspended(let lane, let wait, let line):
      begin(.coroutineSuspended, at: moment)
      argument(lane.rawValue)
      argument(line)
      argument(wait.kind.word)
      if wait.future != .none { argument(wait.future.rawValue) }
    case .coroutineResumed(let lane):
      begin(.coroutineResumed, at: moment)
      argument(lane.rawValue)
    case .coroutineReturned(let lane, let value):
      need(value)
      begin(.coroutineReturned, at: moment)
      argument(lane.rawValue)
      if value != .empty { argument(value.rawValue) }
    case .coroutineRaised(let lane, let exception, let traceback):
      need(exception)
      need(traceback)
      begin(.coroutineRaised, at: moment)
      argument(lane.rawValue)
      argument(exception.rawValue)
      if traceback != .empty { argument(traceback.rawValue) }
    case .coroutineCancelled(let lane):
      begin(.coroutineCancelled, at: moment)
      argument(lane.rawValue)
    case .coroutineNeverAwaited(let lane):
      begin(.coroutineNeverAwaited, at: moment)
      argument(lane.rawValue)
    case .coroutineAwaited(let waiter, let awaited, let line):
      begin(.coroutineAwaited, at: moment)
      argument(waiter.rawValue)
      argument(awaited.rawValue)
      if line != 0 { argument(line) }
    case .taskCreated(let task, let lane, let name, let creator):
      need(name)
      begin(.taskCreated, at: moment)
      argument(task.rawValue)
      argument(lane.rawValue)
      argument(name.rawValue)
      if creator != .none { argument(creator.rawValue) }
    case .futureCreated(let future, let kind, let resource):
      need(kind)
      begin(.futureCreated, at: moment)
      argument(future.rawValue)
      if kind != .empty || resource != .none { argument(kind.rawValue) }
      if resource != .none { argument(resource.rawValue) }
    case .futureAwaits(let future, let member):
      begin(.futureAwaits, at: moment)
      argument(future.rawValue)
      argument(member.rawValue)
    case .futureResolved(let future, let outcome):
      begin(.futureResolved, at: moment)
      argument(future.rawValue)
      argument(outcome.word)
    case .taskRenamed(let task, let name, let by):
      need(name)
      begin(.taskRenamed, at: moment)
      argument(task.rawValue)
      argument(name.rawValue)
      if by != .none { argument(by.rawValue) }
    case .taskRefused(let task):
      begin(.taskRefused, at: moment)
      argument(task.rawValue)
    case .resourceCreated(let resource, let kind, let name, let limit):
      need(name)
      begin(.resourceCreated, at: moment)
      argument(resource.rawValue)
      argument(kind.word)
      if name != .empty || limit != 0 { argument(name.rawValue) }
      if limit != 0 { argument(limit) }
    case .resourceChanged(let resource, let level, let holder):
      begin(.resourceChanged, at: moment)
      argument(resource.rawValue)
      argument(level)
      if holder != .none { argument(holder.rawValue) }
    case .timerScheduled(let handle, let when, let callback):
      need(callback.name)
      begin(.timerScheduled, at: moment)
      argument(handle.rawValue)
      let latest = RecordingFormat.latestTime
      argument(min(max(when, time - latest), latest) - time)
      argument(callback)
    case .timerFired(let handle):
      begin(.timerFired, at: moment)
      argument(handle.rawValue)
    case .handleScheduled(let handle, let callback, let cause):
      need(callback.name)
      begin(.handleScheduled, at: moment)
      argument(handle.rawValue)
      argument(callback)
      argument(cause.kind.word)
      if cause.future != .none { argument(cause.future.rawValue) }
    case .handleCancelled(let handle):
      begin(.handleCancelled, at: moment)
      argument(handle.rawValue)
    case .handleBegan(let handle):
      begin(.handleBegan, at: moment)
      argument(handle.rawValue)
      running = handle
    case .handleEnded(let handle):
      begin(.handleEnded, at: moment)
      if handle != running { argument(handle.rawValue) }
    case .stackSampled(let handle, let stack, let lane):
      need(stack)
      begin(.stackSampled, at: moment)
      argument(stack.rawValue)
      if lane != .none || handle != running { argument(lane.rawValue) }
      if handle != running { argument(handle.rawValue) }
    case .tickBegan(let number):
      begin(.tickBegan, at: moment)
      argument(number)
    case .timeJumped(let origin):
      let before = time
      begin(.timeJumped, at: moment)
      if origin != before { argument(min(max(origin, 0), RecordingFormat.latestTime)) }
    case .stoodStill: begin(.stoodStill, at: moment)
    case .runEnded(let exception):
      need(exception)
      begin(.runEnded, at: moment)
      if exception != .empty { argument(exception.rawValue) }
    case .output(let text, let lane, let stream):
      need(text)
      begin(.output, at: moment)
      argument(text.rawValue)
      argument(lane.rawValue)
      if stream != .stdout { argument(stream.word) }
    case .warned(let text, let lane):
      need(text)
      begin(.warned, at: moment)
      argument(text.rawValue)
      if lane != .none { argument(lane.rawValue) }
    case .exceptionReported(let text, let lane):
      need(text)
      begin(.exceptionReported, at: moment)
      argument(text.rawValue)
      if lane != .none { argument(lane.rawValue) }
    case .marked(let text):
      need(text)
      begin(.marked, at: moment)
      argument(text.rawValue)
    case .sourceRead(let file, let text):
      need(file)
      need(text)
      begin(.sourceRead, at: moment)
      argument(file.rawValue)
      argument(text.rawValue)
    case .dropped(let count):
      begin(.dropped, at: moment)
      argument(count)
    }
    end()
  }
}

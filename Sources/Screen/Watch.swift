import Loop
package import TUI
package import Terminal
package import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One run on the screen: waits for the user and for time, changes the model, does what the model
/// asks for, and shows the picture.
package final class Watch {
  /// How the user left.
  package enum End {
    case quit
    case menu
  }

  private let terminal: Terminal
  private var source: any Source
  private var model: Model
  /// Records the run as it goes.
  package var writer: RecordingWriter?
  /// Why it could not go on: told on the screen, and once more when that is gone.
  private var recordingFailure: (any Error)?
  private let cameFromMenu: Bool
  private var end: End?
  /// Whether a recording is so long that the user is told how far it has been read.
  private var takesLong = false
  /// The moment up to which time has been let pass, in nanoseconds of the system's clock.
  private var passed = monotonicNanoseconds()

  /// How many events one turn may take from a source: some milliseconds of work.
  private static let budget = 50_000
  /// Between two pictures while something moves, in nanoseconds.
  private static let frame: UInt64 = 16_000_000

  package init(
    _ source: any Source, on terminal: Terminal, lesson: Model.Lesson?, cameFromMenu: Bool
  ) {
    self.terminal = terminal
    self.source = source
    self.cameFromMenu = cameFromMenu
    model = Model(
      size: terminal.size, header: source.header, isLive: source.isLive, lesson: lesson)
    model.allowInput(source.takesInput)
  }

  /// Takes over a recording that was read to its end, and shows a moment of it.
  package func load(_ timeline: Timeline, showing cursor: Int, time: Int64) {
    model.load(timeline)
    receive(Batch())
    model.show(cursor, time: time)
  }

  /// - Throws: ``RecordingError`` if the run was recorded and its file could not be completed.
  package func run(paused: Bool, speed: Double) throws -> End {
    if model.timeline.events.isEmpty { receive(source.run(until: 0, budget: 0)) }
    if paused {
      model.setSpeed(speed)
      model.tellDocstring()
    } else {
      model.play(speed: speed)
    }
    passed = monotonicNanoseconds()
    while true {
      terminal.show(view(of: model))
      if let end {
        // A program in another process may take a second to end.
        if end == .quit { terminal.close() }
        try finish()
        return end
      }
      let wasMoving = model.isMoving
      let wakeup = terminal.wait(
        until: nextTurn, alsoReadable: watched, beforeStop: { source.hold() })
      if let signal = wakeup.ending { leave(by: signal) }
      // However long the user thought about it, a pause takes no time, and neither does a stop.
      if !wasMoving || wakeup.wasStopped { passed = monotonicNanoseconds() }
      for (place, input) in wakeup.inputs.enumerated() {
        perform(model.update(input))
        guard end == nil else {
          terminal.putBack(wakeup.inputs.dropFirst(place + 1))
          break
        }
      }
      readOn()
      collect()
      follow()
      letTimePass()
      model.note(stopped: source.stopped)
    }
  }

  /// When there is something to do even if the user does nothing: nil while paused.
  private var nextTurn: UInt64? {
    if isReading { return monotonicNanoseconds() }
    return [model.isMoving ? passed + Self.frame : nil, source.deadline].compactMap(\.self).min()
  }

  /// While the view moves, each picture brings what has come until then, however much it is.
  private var watched: [Int32] {
    model.isMoving && model.awaited == nil ? [] : source.descriptors
  }

  /// Takes in what a program in another process has done by itself.
  private func collect() {
    let knew = source.hasEnded
    let batch = source.collect()
    if !batch.isEmpty || knew != source.hasEnded { receive(batch) }
  }

  /// Whether a recording has not been read to its end.
  private var isReading: Bool { !source.isLive && !source.hasEnded }

  private func readOn() {
    guard isReading else { return }
    receive(source.run(until: .max, budget: Self.budget))
    if isReading {
      takesLong = true
      model.say("Reading: \(model.timeline.events.count) events so far.")
    } else if takesLong, model.notices.isEmpty {
      model.say("\(model.timeline.events.count) events read.")
    }
  }

  private func letTimePass() {
    let now = monotonicNanoseconds()
    guard model.isMoving, now >= passed + Self.frame else { return }
    perform(model.pass(nanoseconds: Int64(now - passed)))
    passed = now
  }

  private func receive(_ batch: Batch) {
    do {
      try writer?.append(batch)
    } catch {
      writer = nil
      recordingFailure = error
      model.notice("\(error)")
    }
    model.receive(batch, ended: source.hasEnded, ending: source.ending)
    model.allowInput(source.takesInput)
    if source.hasEnded {
      for notice in source.notices where !model.notices.contains(notice) { model.notice(notice) }
    }
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: end = .quit
      case .interrupt: leave(by: SIGINT)
      case .suspend:
        source.hold()
        terminal.suspend()
        // The terminal may have another size by now.
        _ = model.update(.resize(terminal.size))
        passed = monotonicNanoseconds()
      case .redraw: terminal.redraw()
      case .step: receive(source.step())
      case .run(let time):
        receive(source.run(until: time, budget: Self.budget))
        if let time = source.realTime { model.follow(realTime: time) }
      case .hold: source.hold()
      case .restart: restart()
      case .write(let path): write(to: path)
      case .input(let text):
        source.send(input: text)
        model.allowInput(source.takesInput)
      case .interruptProgram: source.interrupt()
      case .menu:
        if cameFromMenu { end = .menu } else { model.say("There is no menu to go back to.") }
      }
    }
  }

  /// Gives the terminal back at once, then ends the program, which may take a second, and ends.
  private func leave(by signal: Int32) -> Never {
    terminal.close()
    do {
      try finish()
    } catch {
      // It names the file, whose name the user typed.
      writeToStandardStreams(clipped("\(error)", to: .max) + "\n", .stderr)
    }
    terminal.end(bySignal: signal)
  }

  /// Ends what runs, and completes the recording with what it still did.
  private func finish() throws {
    let batch = source.end()
    try writer?.append(batch)
    try writer?.finish()
    writer = nil
    if let recordingFailure { throw recordingFailure }
  }

  private func restart() {
    guard let fresh = source.restarted() else {
      for notice in source.notices.suffix(1) { model.say(notice) }
      return
    }
    show(fresh)
    if let path = writer?.path {
      do {
        writer = try RecordingWriter(path: path, header: source.header)
        model.say("The recording begins anew too: \(path) will hold this run.")
      } catch {
        writer = nil
        recordingFailure = error
        model.notice("\(error)")
      }
    }
    receive(source.run(until: 0, budget: 0))
  }

  /// Goes on with another process of the program, if one waits and the view stands at the end.
  private func follow() {
    guard source.hasSuccessor else { return }
    guard model.isAtEdge else {
      let said = "Another process of the program has begun, and is held. End shows it."
      if !model.notices.contains(said) { model.notice(said) }
      return
    }
    let goesOn = model.goesOn
    guard let fresh = source.successor() else { return }
    show(fresh)
    if goesOn { model.play(speed: model.player.speed) }
    receive(source.run(until: 0, budget: 0))
    for notice in fresh.notices { model.say(notice) }
  }

  private func show(_ fresh: any Source) {
    source = fresh
    model = model.restarted(with: fresh.header)
    model.allowInput(fresh.takesInput)
  }

  private func write(to path: String) {
    do {
      let batch = model.timeline.batch
      try RecordingWriter.write(
        header: model.header, texts: batch.texts, events: batch.events, to: path)
      model.say("Wrote \(batch.events.count) events to \(path).")
    } catch {
      model.say("\(error)")
    }
  }
}

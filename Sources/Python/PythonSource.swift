package import Trace

/// A real Python program as a source of facts: its process runs beside us, and its loop is held,
/// stepped and let go through the recorder that runs in it.
///
/// Reading keeps pace with the program: what is not read keeps it waiting, and
/// nothing is lost.
package final class PythonSource: Source {
  package let header: RunHeader
  package private(set) var hasEnded = false
  package internal(set) var notices: [String] = []

  /// Nil of one to which we have attached.
  let program: PythonProgram?
  let process: any WatchedProcess
  private var stream = RecordingStream(name: "the recorder's stream")
  var transcript = Transcript()
  private(set) var pipes: [ChildPipe]
  /// Where other processes of the program come to be watched instead.
  let door: SubprocessDoor?
  private var isSocketOpen = true
  private var isHeld: Bool
  /// The loop's clock when we last heard of it, and our own at that moment.
  private var heard: (time: Int64, at: UInt64) = (0, monotonic())
  /// A step that waits until the program says that it is held.
  private var wantsStep = false
  /// How often the program will have said so when it is held as we asked.
  private var awaitedHolds: Int
  /// The number of ended handles that completes a step which was sent.
  private var awaitedHandles: Int?
  private var room = [UInt8](repeating: 0, count: 64 << 10)

  /// How long a program may take to end when it is asked to, in nanoseconds.
  private static let courtesy: UInt64 = 1_000_000_000
  /// How long the screen may wait for a step, in nanoseconds.
  private static let stepTime: UInt64 = 30_000_000
  /// How long it may wait for the beginning of the tick after that.
  private static let nextTickTime: UInt64 = 3_000_000
  static let mostBytes = 1 << 20
  /// An event takes this many bytes of a recording, roughly.
  private static let bytesPerEvent = 32

  /// Waits until the recorder is at work.
  init(
    _ process: any WatchedProcess, running program: PythonProgram?, door: SubprocessDoor?,
    isHeld: Bool
  ) throws(PythonFailure) {
    self.process = process
    self.program = program
    self.door = door
    self.isHeld = isHeld
    awaitedHolds = isHeld ? 1 : 0
    pipes = process.pipes
    header = try Self.begin(process, &stream, &pipes)
    takeOver()
  }

  deinit { _ = end() }

  package var isLive: Bool { true }

  /// What the loop's clock shows now, as far as we can know.
  package var realTime: Int64? {
    guard header.clock == .real else { return nil }
    return heard.time + (isHeld ? 0 : Int64(clamping: monotonic() - heard.at))
  }

  package var descriptors: [Int32] {
    (isSocketOpen ? [process.socket] : []) + pipes.filter(\.isOpen).map(\.descriptor)
      + (door.map { [$0.descriptor] } ?? [])
  }

  package var deadline: UInt64? {
    hasEnded ? nil : pipes.compactMap(\.sieve.deadline).min()
  }

  // MARK: Running

  package func step() -> Batch {
    guard !hasEnded else { return transcript.drain() }
    if awaitedHandles == nil, !wantsStep {
      command(hold: true)
      wantsStep = true
      waitForStep()
    }
    return collect()
  }

  /// Sends the step that is wanted once the program is held: not before, or what still runs would
  /// be taken for it. Steps that ran before the hold took effect come first, and are enough.
  private func stepIfHeld() {
    guard wantsStep, stream.heldCount >= awaitedHolds else { return }
    wantsStep = false
    guard transcript.handlesInHand == 0 else { return }
    awaitedHolds = stream.heldCount + 1
    awaitedHandles = transcript.handlesEnded + 1
    process.command("step")
  }

  /// Most steps take less than a millisecond: they need not wait for the next picture, and no key
  /// pressed meanwhile is taken for the same step.
  private func waitForStep() {
    let limit = monotonic() + Self.stepTime
    receive(atMost: Self.mostBytes)
    while isStepping, monotonic() < limit {
      waitForMore(milliseconds: 5)
      receive(atMost: Self.mostBytes)
    }
    // If something else is due, the tick in which it will run begins right behind.
    let latest = min(limit, monotonic() + Self.nextTickTime)
    while !hasEnded, !isStepping, stream.heldCount < awaitedHolds, monotonic() < latest {
      waitForMore(milliseconds: 1)
      receive(atMost: Self.mostBytes)
    }
  }

  /// Whether a step was asked for and is not over: neither is its end told, nor is the loop held again.
  /// With tasks alone no end is.
  private var isStepping: Bool {
    guard !hasEnded else { return false }
    guard let awaitedHandles else { return wantsStep }
    return transcript.handlesEnded < awaitedHandles && stream.heldCount < awaitedHolds
  }

  package func run(until time: Int64, budget: Int) -> Batch {
    guard budget > 0 else { return collect() }
    // A virtual clock runs as fast as the program computes: it is held once it is far enough.
    command(hold: header.clock == .virtual && stream.time > time)
    receive(atMost: max(budget * Self.bytesPerEvent, room.count))
    return transcript.drain()
  }

  package func hold() { command(hold: true) }

  package func collect() -> Batch {
    receive(atMost: Self.mostBytes)
    // A step is handed out whole.
    guard !isStepping else { return Batch() }
    awaitedHandles = nil
    return transcript.drain()
  }

  private func command(hold: Bool) {
    awaitedHandles = nil
    wantsStep = false
    guard isHeld != hold else { return }
    note(isHeld: hold)
    if hold { awaitedHolds = stream.heldCount + 1 }
    process.command(hold ? "hold" : "go")
  }

  /// While the program is held its clock stands, where it is by then.
  private func note(isHeld: Bool) {
    heard = (realTime ?? heard.time, monotonic())
    self.isHeld = isHeld
  }

  package func restarted() -> (any Source)? {
    guard let program else {
      notices.append("A program to which loopscope has attached cannot be started again.")
      return nil
    }
    _ = end()
    do {
      return try PythonSource(program)
    } catch {
      notices.append("\(error)")
      return nil
    }
  }

  // MARK: The end

  package func end() -> Batch {
    guard !isOver else { return transcript.drain() }
    isOver = true
    // A program that handles the signal in its loop can do so only if the loop runs.
    note(isHeld: false)
    process.ask()
    process.command("go")
    let limit = monotonic() + Self.courtesy
    while !process.isAlone(), monotonic() < limit {
      waitForMore(milliseconds: 10)
      receive(atMost: Self.mostBytes)
    }
    process.force()
    door?.remove()
    while !hasEnded { receive(atMost: .max) }
    return transcript.drain()
  }

  /// Whether the program has been asked to end, or is another source's now.
  var isOver = false

  // MARK: Receiving

  /// Takes in what has come, up to a number of bytes of each descriptor.
  private func receive(atMost limit: Int) {
    guard !hasEnded else { return keepUp() }
    // A process that comes after this one's end comes after all that this one said: so it is asked for before
    // that is read.
    let hasGuest = door?.hasGuest() == true
    // So is the end, so that what it said before is read below.
    process.lookForEnd()
    process.sendInput()
    let hasMore = readSocket(atMost: limit) || readPipes(atMost: limit)
    if hasGuest, !hasMore, process.end == nil { refuseGuest() }
    if process.end != nil, !hasMore { conclude() }
    let now = monotonic()
    // Before it said that it is held, the recorder has told all that the program wrote.
    let isComplete = hasEnded || isHeld && stream.heldCount >= awaitedHolds
    for place in pipes.indices {
      for text in pipes[place].sieve.drain(at: now, isLast: isComplete) {
        transcript.advance(to: realTime)
        transcript.append(text: text) { .output($0, by: .none, pipes[place].stream) }
      }
    }
    if hasEnded, !transcript.hasEnd { sayEnd() }
    stepIfHeld()
  }

  /// - Returns: whether there may be more at once.
  private func readSocket(atMost limit: Int) -> Bool {
    defer { takeOver() }
    var left = limit
    while isSocketOpen, left > 0 {
      switch room.withUnsafeMutableBytes({ Descriptor.read(process.socket, into: $0) }) {
      case .bytes(let count):
        left -= count
        room.withUnsafeBytes { stream.take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      case .nothingYet: return false
      case .end:
        isSocketOpen = false
        takeOver()
        process.socketHasClosed(lastMark: transcript.lastMark)
      }
    }
    return isSocketOpen
  }

  /// Takes over what the stream has read.
  private func takeOver() {
    if let damage = stream.damage, notices.isEmpty {
      notices.append("What the recorder sent is damaged in line \(stream.line): \(damage).")
    }
    let bytes = stream.bytesOfOutputs
    let batch = stream.drain()
    if !batch.events.isEmpty { heard = (stream.time, monotonic()) }
    transcript.append(batch, bytes: bytes) { output, stream in
      for place in pipes.indices where pipes[place].stream == stream {
        pipes[place].sieve.tell(output)
      }
    }
  }

  private func readPipes(atMost limit: Int) -> Bool {
    var hasMore = false
    for place in pipes.indices where pipes[place].isOpen {
      hasMore = pipes[place].read(atMost: limit, by: &room) || hasMore
    }
    return hasMore
  }

  /// While none of the program's processes is watched, nothing of it may wait for us. What it prints meanwhile is
  /// for the next one to show.
  private func keepUp() {
    guard door != nil else { return }
    process.lookForEnd()
    _ = readPipes(atMost: Self.mostBytes)
    for place in pipes.indices { pipes[place].sieve.forgetOldest() }
  }

  private func conclude() {
    transcript.advance(to: realTime)
    hasEnded = true
    isHeld = true
    if stream.isTorn {
      notices.append("The recorder was cut off within line \(stream.line + 1).")
    }
  }

  /// The recorder could not say how the run ended: its process was killed.
  private func sayEnd() {
    switch process.end {
    case .released: break
    case .exited(status: 0), nil: transcript.append(.runEnded(exception: .empty))
    case .some(let end): transcript.append(text: end.cause) { .runEnded(exception: $0) }
    }
  }
}

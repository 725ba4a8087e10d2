import Loop
import Trace

// What docs/loop.md shows, and what GuideTests runs.

// MARK: Time and chance

func customers() -> Coroutine<Int> {
  Coroutine("customers()") {
    var chance = SeededGenerator(seed: try getRunningLoop().seed)
    let tills = try Semaphore(3, "tills")
    var served = 0
    var visits: [LoopTask<Void>] = []
    for number in 1...1_000 {
      try await sleep(Double.random(in: 0...2, using: &chance))
      let items = Int.random(in: 1...9, using: &chance)
      visits.append(
        createTask(
          Coroutine("customer(\(number))") {
            do {
              try await timeout(10) { _ in try await tills.acquire() }
            } catch is TimeoutError {
              return  // gave up
            }
            try await sleep(Double(items))
            try tills.release()
            served += 1
          }))
    }
    _ = try await gather(visits)()
    return served
  }
}

// MARK: Tests in many orders

/// Reads what was written because it waits for that, not because it takes longer.
func logAndRead() -> Coroutine<Void> {
  Coroutine("logAndRead()") {
    var log: [String] = []
    let written = LoopEvent("written")
    let writer = createTask(
      Coroutine("write()") {
        try await sleep(1)
        log.append("done")
        written.set()
      })
    try await sleep(1.1)
    try await written.wait()
    if log.isEmpty { throw GuideError.readTooEarly }
    try await writer()
  }
}

/// Trusts that a second is shorter than 1.1 seconds.
func trustAndRead() -> Coroutine<Void> {
  Coroutine("trustAndRead()") {
    var log: [String] = []
    let writer = createTask(
      Coroutine("write()") {
        try await sleep(1)
        log.append("done")
      })
    try await sleep(1.1)
    if log.isEmpty { throw GuideError.readTooEarly }
    try await writer()
  }
}

enum GuideError: Error { case readTooEarly }

// MARK: Errors

func cleanUp() -> Coroutine<Void> {
  Coroutine("cleanUp()") {
    do {
      try await sleep(100)
    } catch let error as CancelledError {
      try await sleep(0.1)  // still may await
      print("cleaned up")
      throw error  // or the task is not cancelled
    }
  }
}

func errors() -> Coroutine<Void> {
  Coroutine("errors()") {
    let loop = try getRunningLoop()
    loop.setExceptionHandler { _, context in print("handler:", context.message) }
    let task = createTask(cleanUp())
    try await sleep(1)
    task.cancel()
    do { try await task() } catch is CancelledError { print("cancelled") }
    loop.callSoon("broken") { throw ValueError("no") }
    try await sleep(0)
  }
}

func deadlock() -> Coroutine<Void> {
  Coroutine("deadlock()") {
    let bowl = Lock("bowl")
    try await bowl.acquire()
    try await bowl.acquire()
  }
}

// MARK: Callbacks, futures, threads

func callbacks() -> Coroutine<Void> {
  Coroutine("callbacks()") {
    let loop = try getRunningLoop()
    let answer: Future<Int> = loop.createFuture()
    answer.addDoneCallback { _ in print("done") }
    loop.callSoon("soon") { print("soon") }
    loop.callLater(1, "later") { try answer.setResult(42) }
    let never = loop.callAt(loop.time + 2_000_000_000, "at") { print("at") }  // nanoseconds
    never.cancel()
    print(never.when, never.isCancelled)
    print(try await answer())
    let length = try await toThread {
      timeSleep(5)  // takes no time on a virtual clock, but counts
      return "from a thread".count
    }
    print(length, loop.time)
  }
}

func threads() -> Coroutine<Int> {
  Coroutine("threads()") {
    let remote = try getRunningLoop().remote
    return try await toThread {
      let first = try remote.runCoroutineThreadsafe { meow(1) }.result()  // blocks this thread
      let second = remote.runCoroutineThreadsafe { meow(first + 1) }
      return try first + second.result()
    }
  }
}

// MARK: Recording

func recordToFile(_ path: String) throws {
  try record(main(), to: path, sources: .file(), clock: .virtual, seed: 7)
}

func readBack(_ path: String) throws -> [String] {
  let reader = try RecordingReader(path: path)
  var texts = [""]
  var printed: [String] = []
  while let batch = reader.next(maxEvents: 10_000) {
    texts += batch.texts
    for event in batch.events {
      if case .output(let text, _, .stdout) = event.fact {
        printed.append(texts[Int(text.rawValue)])
      }
    }
  }
  return printed
}

func recordToMemory() throws -> Batch {
  let recorder = Recorder()
  try run(main(), clock: .virtual, recordedBy: recorder, echo: nil)
  return recorder.drain()
}

func stepByStep() -> [Int64] {
  let source = LoopSource(header: RunHeader(clock: .virtual)) { main() }
  defer { source.close() }
  var moments: [Int64] = []
  while !source.hasEnded {
    let batch = source.step()  // one handle
    if let last = batch.events.last { moments.append(last.time) }
  }
  return moments
}

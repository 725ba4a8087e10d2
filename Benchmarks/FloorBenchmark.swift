import ArgumentParser
import Synchronization

/// What the Swift runtime takes by itself, below which no loop of Swift tasks can come.
struct FloorBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "floor", abstract: "The Swift runtime alone: a step, and a suspended task.",
    discussion: """
      Tasks do nothing but suspend, and are resumed in turn with no loop, no futures and no \
      timers: by a hop to an executor that keeps the job, as Loop does it, and by a continuation.
      """)

  @Option(help: "How many steps are taken with each number of tasks.")
  var steps = 1_000_000

  func run() throws {
    var table = Table([
      "tasks", "ns a hop", "ns a continuation", "ns to make a task", "bytes a task",
    ])
    for tasks in [1_000, 10_000, 100_000] {
      let turns = max(2, steps / tasks)
      let hops = Floor(tasks: tasks, turns: turns) { place, _ in await place.stay() }
      let continuations = Floor(tasks: tasks, turns: turns) { _, list in
        await withUnsafeContinuation { list.add($0) }
      }
      table.add([
        "\(tasks)", "\(hops.step)", "\(continuations.step)", "\(hops.start)", "\(hops.bytes)",
      ])
    }
    Swift.print(table.text)
  }
}

/// One measurement.
private struct Floor {
  /// Nanoseconds of processor time for each step, and for making each task.
  let step: UInt64
  let start: UInt64
  /// Resident memory of each suspended task.
  let bytes: Int

  init(
    tasks: Int, turns: Int, suspend: @escaping @Sendable (BarePlace, ContinuationList) async -> Void
  ) {
    let executor = BareExecutor()
    let place = BarePlace()
    let list = ContinuationList()
    let memory = residentMemory()
    let begun = processorTime()
    for _ in 0..<tasks {
      Task(executorPreference: executor) {
        for _ in 0..<turns { await suspend(place, list) }
      }
      executor.run()
    }
    let started = processorTime()
    bytes = (residentMemory() - memory) / tasks
    for _ in 0..<turns {
      for job in place.executor.takeAll() {
        job.runSynchronously(on: executor.asUnownedTaskExecutor())
      }
      for continuation in list.takeAll() {
        continuation.resume()
        executor.run()
      }
    }
    step = (processorTime() - started) / UInt64(tasks * turns)
    start = (started - begun) / UInt64(tasks)
  }
}

private final class BareExecutor: TaskExecutor {
  private let slot = Mutex<UnownedJob?>(nil)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    slot.withLock { $0 = job }
  }

  func run() {
    slot.withLock { $0.take() }?.runSynchronously(on: asUnownedTaskExecutor())
  }
}

private actor BarePlace {
  nonisolated let executor = BareKeeper()
  private var stays = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func stay() { stays += 1 }
}

private final class BareKeeper: SerialExecutor {
  private let jobs = Mutex<[UnownedJob]>([])

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
  }

  func takeAll() -> [UnownedJob] { jobs.withLock { jobs in exchange(&jobs, with: []) } }
}

private final class ContinuationList: Sendable {
  private let continuations = Mutex<[UnsafeContinuation<Void, Never>]>([])

  func add(_ continuation: UnsafeContinuation<Void, Never>) {
    continuations.withLock { $0.append(continuation) }
  }

  func takeAll() -> [UnsafeContinuation<Void, Never>] {
    continuations.withLock { exchange(&$0, with: []) }
  }
}

private func exchange<Value>(_ value: inout Value, with new: Value) -> Value {
  defer { value = new }
  return value
}

import Trace

/// Tasks whose coroutines await something that is not of their loop: a Swift child task, an actor,
/// a stream. The Swift runtime resumes them with a job of its own, and not with a step.
struct AwayTasks {
  /// The identity of a Swift task, for comparison alone.
  struct Identity: Hashable {
    private let task: UnsafeCurrentTask

    /// That of the code that runs now, nil outside every Swift task.
    static var current: Self? { withUnsafeCurrentTask { $0.map(Self.init) } }

    private init(_ task: UnsafeCurrentTask) { self.task = task }
  }

  private var tasks: [Identity: TaskCore] = [:]

  var isEmpty: Bool { tasks.isEmpty }

  mutating func add(_ task: TaskCore, as identity: Identity) { tasks[identity] = task }

  mutating func remove(_ identity: Identity) -> TaskCore? { tasks.removeValue(forKey: identity) }
}

/// A Swift task that runs coroutines, one after the other. It makes this itself.
final class Carrier {
  let identity = AwayTasks.Identity.current
}

extension EventLoop {
  /// The task whose code runs now: `asyncio.current_task`.
  ///
  /// Nil in a callback, and in a Swift child task, which is no task of the loop.
  var currentTask: TaskCore? { unmanagedTask?.takeUnretainedValue() }

  /// The same, not counted as a reference.
  @inline(__always)
  var unmanagedTask: Unmanaged<TaskCore>? {
    stepping ?? (awayTasks.isEmpty ? nil : takeBack())
  }

  /// Runs a job that the Swift runtime brought: a child task, or a coroutine that comes back.
  func run(_ job: UnownedJob) {
    let parked = resume(job)
    guard let task = stepping?.takeUnretainedValue() else { return }
    stepping = nil
    task.suspended(parked)
  }

  /// Finds the task that has come back when its code first turns to the loop.
  private func takeBack() -> Unmanaged<TaskCore>? {
    guard let identity = AwayTasks.Identity.current, let task = awayTasks.remove(identity)
    else { return nil }
    stepping = .passUnretained(task)
    task.comeBack()
    return stepping
  }
}

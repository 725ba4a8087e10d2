import Dispatch

/// Threads that no other test uses. Those of Swift's pool are as many as there are processors, and a
/// test that computes keeps one for as long as it likes: one that watches a program move would look
/// again only when all is over.
final class OwnThreads: TaskExecutor {
  private let queue = DispatchQueue(label: "terminals", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

import Foundation
import Loop
import Trace

/// What our loop does with what happens while it runs a workload.
enum Recording: String, CaseIterable {
  case off
  case memory
  case file

  /// Runs a workload to its end.
  ///
  /// - Returns: nanoseconds of processor time, from before the loop is made until it is closed.
  func time(_ workload: Workload, scale: Double) throws -> UInt64 {
    let begun = processorTime()
    switch self {
    case .off:
      let loop = EventLoop(clock: .virtual)
      try loop.runUntilComplete(workload.main(scale))
      loop.close()
    case .memory:
      var batches: [Batch] = []
      try record(workload, scale: scale) { batches.append($0) }
    case .file:
      let path = NSTemporaryDirectory() + "/loopscope-\(getpid()).jsonl"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let writer = try RecordingWriter(path: path, header: header(of: workload))
      try record(workload, scale: scale) { try writer.append($0) }
      try writer.finish()
    }
    return processorTime() - begun
  }

  private func header(of workload: Workload) -> RunHeader {
    RunHeader(program: [workload.name], clock: .virtual, runtime: "benchmark")
  }

  private func record(
    _ workload: Workload, scale: Double, take: (Batch) throws -> Void
  ) throws {
    let source = LoopSource(header: header(of: workload), profile: .latest) {
      workload.main(scale)
    }
    while !source.hasEnded { try take(source.run(until: .max, budget: 32_768)) }
    if let failure = source.failure { throw failure }
    source.close()
  }
}

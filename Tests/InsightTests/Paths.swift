import Insight
import Trace
import TraceSamples

extension Script {
  /// The parts of a lane's path that took time: `0–1000 main() RUNNING`, in milliseconds.
  func path(of lane: LaneID) -> [String] {
    timeline.criticalPath(of: lane, at: cursor).map(words(of:)) ?? []
  }

  func words(of path: CriticalPath) -> [String] {
    path.parts.filter { $0.nanoseconds > 0 }.map { part in
      let times = "\(part.times.lowerBound / .ms(1))–\(part.times.upperBound / .ms(1))"
      return "\(times) \(timeline.words(for: part))"
    }
  }
}

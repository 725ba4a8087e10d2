/// Nanoseconds that a lane spent in each state, and how many times it entered it: on a virtual
/// clock nearly everything takes no time.
package struct StateDurations: Equatable, Sendable {
  private var nanoseconds = [Int64](repeating: 0, count: LaneState.allCases.count)
  private var entries = [Int](repeating: 0, count: LaneState.allCases.count)

  package func nanoseconds(in state: LaneState) -> Int64 { nanoseconds[Int(state.rawValue)] }

  package func entries(into state: LaneState) -> Int { entries[Int(state.rawValue)] }

  mutating func add(_ time: Int64, in state: LaneState) {
    nanoseconds[Int(state.rawValue)] += time
  }

  mutating func enter(_ state: LaneState) {
    entries[Int(state.rawValue)] += 1
  }
}

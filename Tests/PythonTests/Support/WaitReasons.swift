import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

extension ProgramFile {
  /// Runs a program that prints when all its lanes wait, and leaves itself.
  ///
  /// - Returns: why each lane was in its state then, by the lane's name; ports and numbers of processes
  ///   and moments are not told.
  func reasons(
    _ text: String, _ interpreter: Interpreter, scope: PythonProgram.Scope = .user
  ) throws -> [String: String] {
    let source = try start(text, interpreter, scope: scope)
    let timeline = source.runToEnd()
    #expect(timeline.contradictionCount == 0)
    #expect(timeline.markers.isEmpty, "the recorder has a fault")
    let printed = Int(try #require(timeline.outputs.first))
    var reasons: [String: String] = [:]
    for lane in timeline.laneIDs(at: printed) {
      let text = why(lane, at: printed, in: timeline)?.state.first?.text ?? ""
      let name = timeline.label(of: lane)
      reasons[name] = text.replacing("\(name) is waiting ", with: "")
        .replacing(/, since [\d.]+ s, at (line \d+|[\w\/.]+:\d+)/, with: "")
        .replacing(/up at [\d.]+ s \([\d.]+ s left\)/, with: "up")
        .replacing(/1:\d+/, with: "1:PORT").replacing(/\d+ \(sleep/, with: "PID (sleep")
        .replacing(/\.$/, with: "")
    }
    return reasons
  }
}

import Insight
import Testing
import Trace

@testable import Python

extension ProgramFile {
  /// The findings at the end whose text has some words, each with its lane.
  func found(
    _ words: String, in program: String, _ interpreter: Interpreter
  ) throws -> [String] {
    let timeline = try start(program, interpreter).runToEnd()
    #expect(timeline.contradictionCount == 0)
    #expect(timeline.markers.isEmpty, "the recorder has a fault")
    return findings(at: timeline.events.count, in: timeline, standstills: [])
      .filter { $0.text.contains(words) }
      .map {
        timeline.label(of: $0.lane) + ": " + $0.text.replacing(/future \d+/, with: "a future")
      }
      .sorted()
  }
}

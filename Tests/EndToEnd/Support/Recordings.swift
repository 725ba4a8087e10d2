import Foundation
import Trace

/// A recording of an example of the post by a real CPython, as committed in `demos/recordings`.
struct PostRecording: CustomStringConvertible, Sendable {
  let version: String
  let demo: String

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let versions = ["3.6", "3.7", "3.8", "3.11", "3.13"]
  static let demos = [
    "hello", "deferred", "ensure-future", "order", "wait", "wait-ordered", "gather", "reawait",
    "evens-odds", "never-awaited",
  ]
  static let all = versions.flatMap { version in
    demos.map { PostRecording(version: version, demo: $0) }
  }

  /// In which it starts coroutines is the order of their addresses.
  var hasArbitraryOrder: Bool {
    demo == "wait" ? ["3.6", "3.7", "3.8"].contains(version) : demo == "gather" && version == "3.6"
  }

  var description: String { "\(demo) by CPython \(version)" }

  func path(in folder: String = root.path + "/demos/recordings") -> String {
    "\(folder)/\(version)/\(demo).jsonl"
  }
}

/// All of a recording at once.
struct WholeRecording {
  let header: RunHeader
  let notices: [String]
  let timeline: Timeline

  init(path: String) throws {
    let source = try RecordingSource(path: path)
    header = source.header
    timeline = source.wholeTimeline()
    notices = source.notices
  }

  /// Each event with its time, and its texts in place of their numbers.
  var lines: [String] {
    timeline.events.map { event in
      let fact = "\(event.fact)".replacing(/TextID\(rawValue: (\d+)\)/) { match in
        "“\(timeline.text(TextID(UInt32(match.1) ?? 0)))”"
      }
      return "\(event.time) \(fact)"
    }
  }

  /// What each lane did and printed, lane by lane, with nothing of who was first.
  var linesByLane: [String] {
    timeline.laneIDs().map { lane in
      let changes = timeline.changes(of: lane).map { changes in
        changes.map {
          "\(timeline.state(of: lane, at: $0.event + 1))@\(timeline.time(at: $0.event + 1))"
        }
      }
      let printed = timeline.outputs.indices.map(timeline.output).filter { $0.lane == lane }
        .map { timeline.text($0.text) }
      return "\(timeline.label(of: lane)): \(changes ?? []) \(printed)"
    }
    .sorted()
  }

  var lanes: [(name: String, end: LaneState)] {
    timeline.laneIDs().map {
      (timeline.label(of: $0), timeline.state(of: $0, at: timeline.events.count))
    }
  }

  func printed(on stream: Trace.Stream) -> String {
    timeline.outputs.indices.map(timeline.output).filter { $0.stream == stream }
      .map { timeline.text($0.text) }.joined()
  }
}

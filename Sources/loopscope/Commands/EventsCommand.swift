import ArgumentParser
import Insight
import Loop
import TUI
import Trace

/// `loopscope events`: the facts of a run as text.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Print the events of a recorded run, one a line.")

  @Argument(help: "The recording (.jsonl or .jsonl.gz).", completion: .file())
  var file: String

  @Option(help: "Only the events of lanes whose name contains this.")
  var lane: String?

  func run() throws {
    let source = try RecordingSource(path: file)
    let timeline = source.wholeTimeline()
    let wanted = try lane.map { try timeline.lanes(named: $0) }
    for index in timeline.events.indices {
      if let wanted {
        guard let lane = timeline.events[index].fact.lane, wanted.contains(lane) else { continue }
      }
      writeToStandardStreams(timeline.line(forEvent: index) + "\n", .stdout)
    }
    for notice in source.notices { writeToStandardStreams(notice + "\n", .stderr) }
  }
}

extension Timeline {
  /// - Throws: a ``Failure`` that names the nearest lane, if none has the text in its name.
  func lanes(named text: String) throws -> Set<LaneID> {
    let all = (0..<laneCount).map { laneID(at: $0) }
    let found = all.filter { label(of: $0).containsIgnoringCase(text) }
    if found.isEmpty {
      let nearest = all.map { label(of: $0) }.min {
        editDistance($0, text) < editDistance($1, text)
      }
      let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
      throw Failure("No lane of this run has '\(text)' in its name.\(hint)")
    }
    return Set(found)
  }
}

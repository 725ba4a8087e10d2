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

  @Option(
    help: """
      Only the events of the lane with this name, or whose task or function has it; where there is none, of \
      lanes with this in their names.
      """)
  var lane: String?

  func run() throws {
    let timeline = try RecordedRun(path: file).timeline
    let wanted = try lane.map { try timeline.lanes(named: $0) }
    let indexes = timeline.events.indices.lazy.filter { index in
      guard let wanted else { return true }
      return timeline.subject(ofEvent: index).map(wanted.contains) ?? false
    }
    try printLines(timeline.lines(forEvents: indexes))
  }
}

extension Timeline {
  /// The lanes that are called so, or whose tasks or functions are; if there is none, those with the text
  /// in their names or in those of their tasks. Of fetch-3 and fetch-30, `fetch-3` means the first.
  ///
  /// - Throws: a ``Failure`` that names the nearest lane, if there is none.
  func lanes(named text: String) throws -> Set<LaneID> {
    let all = laneIDs()
    let found = all.filter { isNamed(text, $0, at: events.count) }
    if found.isEmpty {
      let labels = all.map { label(of: $0) }
      let hint = nearest(to: text, in: labels).map { "Did you mean '\($0)'?" } ?? some(of: labels)
      throw Failure("No lane of this run has '\(text)' in its name. \(hint)")
    }
    let called = found.filter { label(of: $0) == text || isTask($0, named: text) }
    if !called.isEmpty { return Set(called) }
    let functions = found.filter { label(of: $0).prefix { $0 != "(" } == text }
    return Set(functions.isEmpty ? found : functions)
  }

  private func isTask(_ id: LaneID, named name: String) -> Bool {
    guard let lane = lane(id) else { return false }
    return namings(of: lane, at: events.count).contains {
      events[$0].fact.taskName.map(text) == name
    }
  }

  private func some(of labels: [String]) -> String {
    guard !labels.isEmpty else { return "It has no lanes." }
    let more = labels.count > 5 ? " and \(labels.count - 5) more" : ""
    return "It has \(labels.prefix(5).joined(separator: ", "))\(more)."
  }
}

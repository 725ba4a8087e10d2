import Trace

/// Finds events by a text: in names, in output, in the kind of fact.
struct EventMatcher {
  private let timeline: Timeline
  private let text: String
  private let texts: Set<TextID>
  /// Those that a task was given: asyncio's own Task-7 only if it is all of what is looked for, as in a filter.
  private let taskNames: Set<TextID>
  /// Where the text may go on with a lane's number, as in `work()#2`: names that end with what is before it.
  private let numbered: Set<TextID>

  /// O(texts): each text of the run is looked at once, and events then match by identity.
  init(_ text: String, in timeline: Timeline) {
    self.timeline = timeline
    self.text = text
    texts = Set(timeline.texts { $0.containsIgnoringCase(text) })
    taskNames = texts.filter {
      let name = timeline.text($0)
      return !name.hasPrefix("Task-") || name.lowercased() == text.lowercased()
    }
    let stem = text.lastIndex(of: "#").map { text[..<$0].lowercased() }
    numbered = stem.map { stem in Set(timeline.texts { $0.lowercased().hasSuffix(stem) }) } ?? []
  }

  func matches(_ index: Int) -> Bool {
    let fact = timeline.events[index].fact
    let word = FactWord(fact)
    if let found = word.text, texts.contains(found) { return true }
    if let lane = fact.lane, names(lane) { return true }
    return word.word.containsIgnoringCase(text)
  }

  /// Whether the text is in a lane's label or in the name of its task.
  func names(_ id: LaneID) -> Bool {
    guard let lane = timeline.lane(id) else { return false }
    return texts.contains(lane.name) || lane.taskCreated != nil && taskNames.contains(lane.taskName)
      || numbered.contains(lane.name) && timeline.label(of: id).containsIgnoringCase(text)
  }
}

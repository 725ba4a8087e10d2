import Trace

/// Finds events by a text: in names, in output, in the kind of fact.
struct EventMatcher {
  private let timeline: Timeline
  private let text: String
  private let texts: Set<TextID>
  /// Whether it may be part of a lane's number, as in `work()#2`, which no text of the run has.
  private let hasNumber: Bool
  private let lanes = KnownLanes()

  /// O(texts): each text of the run is looked at once, and events then match by identity.
  init(_ text: String, in timeline: Timeline) {
    self.timeline = timeline
    self.text = text
    texts = Set(timeline.texts { $0.containsIgnoringCase(text) })
    hasNumber = text.contains("#")
  }

  func matches(_ index: Int) -> Bool {
    let fact = timeline.events[index].fact
    let word = FactWord(fact)
    if let found = word.text, texts.contains(found) { return true }
    if let lane = fact.lane, names(lane) { return true }
    return word.word.containsIgnoringCase(text)
  }

  /// Whether the text names a lane, as in a filter. O(names of its task) once for each lane.
  func names(_ id: LaneID) -> Bool {
    if let known = lanes.areNamed[id] { return known }
    let isNamed = mayName(id) && timeline.isNamed(text, id, at: timeline.events.count)
    lanes.areNamed[id] = isNamed
    return isNamed
  }

  /// Whether a text that names it is among those of the run; what is no such text need not be made.
  private func mayName(_ id: LaneID) -> Bool {
    guard let lane = timeline.lane(id) else { return false }
    return hasNumber || texts.contains(lane.name)
      || timeline.namings(of: lane, at: timeline.events.count).contains {
        timeline.events[$0].fact.taskName.map(texts.contains) ?? false
      }
  }

  /// What was found out of lanes: a task may have thousands of names, and its lane thousands of events.
  private final class KnownLanes {
    var areNamed: [LaneID: Bool] = [:]
  }
}

import Trace

/// Finds events by a text: in names, in output, in the kind of fact.
struct EventMatcher {
  private let timeline: Timeline
  private let text: String
  private let texts: Set<TextID>

  /// O(texts): each text of the run is looked at once, and events then match by identity.
  init(_ text: String, in timeline: Timeline) {
    self.timeline = timeline
    self.text = text
    texts = Set(timeline.texts { $0.containsIgnoringCase(text) })
  }

  func matches(_ index: Int) -> Bool {
    let fact = timeline.events[index].fact
    let word = FactWord(fact)
    if let found = word.text, texts.contains(found) { return true }
    if let lane = fact.lane, let name = timeline.lane(lane)?.name, texts.contains(name) {
      return true
    }
    return word.word.containsIgnoringCase(text)
  }
}

import Trace

/// Finds events by a text: in names, in output, in the kind of fact.
struct EventMatcher {
  private let timeline: Timeline
  private let texts: Set<TextID>
  private let kinds: Set<String>

  /// O(texts): each text of the run is looked at once, and events then match by identity.
  init(_ text: String, in timeline: Timeline) {
    self.timeline = timeline
    texts = Set(timeline.texts(where: { $0.containsIgnoringCase(text) }))
    kinds = Set(FactWord.all.filter { $0.containsIgnoringCase(text) })
  }

  func matches(_ index: Int) -> Bool {
    let fact = timeline.events[index].fact
    let word = FactWord(fact)
    if kinds.contains(word.word) { return true }
    if let text = word.text, texts.contains(text) { return true }
    guard let lane = word.lane, let name = timeline.lane(lane)?.name else { return false }
    return texts.contains(name)
  }
}

import Insight
import Trace

/// What is wrong with the program at the moment shown.
extension Model {
  /// How many things are wrong with the program at the moment shown; not with its recording.
  package var findingCount: Int { timeline.complaintCount(at: cursor) + standstills.count }

  /// Finds out whether anything can still happen, and who waits for one another. O(lanes) while the
  /// loop idles without a timer, else O(locks × log events).
  mutating func judge() {
    if let judged, judged == (cursor, timeline.events.count) { return }
    judged = (cursor, timeline.events.count)
    let standstill =
      Insight.standstill(at: cursor, in: timeline, sources: sources)
      ?? Insight.standstill(beforeTheEndAt: cursor, in: timeline, sources: sources)
    standstills = standstill.map { [$0] } ?? cycles(at: cursor, in: timeline)
  }

  /// The program's files as far as the run brought their texts.
  private var sources: [RunHeader.SourceText] { header.sources + timeline.sourceTexts }

  /// Tells the user of a standstill, once, when it has lasted so long that it is none of the
  /// moments between two steps.
  mutating func tellStandstill() {
    guard isAtLiveEdge, let standstill = standstills.last, let event = standstill.event,
      toldStandstill != event, player.time - timeline.events[event].time > Self.patience
    else { return }
    toldStandstill = event
    message = standstill.text
  }

  /// In nanoseconds.
  private static let patience: Int64 = 500_000_000
}

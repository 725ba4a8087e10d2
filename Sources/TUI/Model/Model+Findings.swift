import Insight
import Trace

/// What is wrong with the program at the moment shown.
extension Model {
  /// How many things are wrong with the program at the moment shown; not with its recording.
  package var findingCount: Int {
    timeline.complaintCount(at: cursor) + (standstill == nil ? 0 : 1)
  }

  /// Finds out whether anything can still happen. O(lanes) while the loop idles without a timer,
  /// else O(log events).
  mutating func judge() {
    if let judged, judged == (cursor, timeline.events.count) { return }
    judged = (cursor, timeline.events.count)
    standstill =
      Insight.standstill(at: cursor, in: timeline, sources: sources)
      ?? Insight.standstill(beforeTheEndAt: cursor, in: timeline, sources: sources)
  }

  /// The program's files as far as the run brought their texts.
  private var sources: [RunHeader.SourceText] { header.sources + timeline.sourceTexts }

  /// Tells the user of a standstill, once, when it has lasted so long that it is none of the
  /// moments between two steps.
  mutating func tellStandstill() {
    guard let standstill, isAtLiveEdge, toldStandstill != cursor,
      player.time - timeline.time(at: cursor) > Self.patience
    else { return }
    toldStandstill = cursor
    message = standstill.text
  }

  /// In nanoseconds.
  private static let patience: Int64 = 500_000_000
}

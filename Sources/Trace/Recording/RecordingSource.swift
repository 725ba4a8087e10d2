/// A recording as a source: it hands out what the file holds, and there is nothing to run.
package final class RecordingSource: Source {
  private let reader: RecordingReader
  /// Enough for a first picture at once.
  private let stepSize: Int
  private var hasRunEnd = false
  /// Whether the program went on after the last event.
  private var wasStopped = false
  private var textCount: UInt32 = 0
  private var stopped: TextID?

  /// - Parameter stepSize: how many events one ``step()`` hands out.
  package init(path: String, stepSize: Int = 32_768) throws(RecordingError) {
    reader = try RecordingReader(path: path)
    self.stepSize = stepSize
  }

  package var header: RunHeader { reader.header }
  package var isLive: Bool { false }
  package var hasEnded: Bool { reader.end != nil }

  /// What a user should know about the recording, each in a sentence. It grows while it is read.
  package var notices: [String] {
    // A recorder that is killed has as a rule written whole lines, so that nothing looks torn.
    guard reader.end == .complete, !hasRunEnd else { return reader.notices }
    let why =
      wasStopped
      ? RecordingFormat.stopped : "The recording ends before the run does: it was quit or killed."
    return [why] + reader.notices
  }

  package func step() -> Batch { next(stepSize) }

  package func run(until time: Int64, budget: Int) -> Batch { next(budget) }

  package func hold() {}

  package func restarted() -> (any Source)? { nil }

  /// Reads what is left.
  package func wholeTimeline() -> Timeline {
    var timeline = Timeline()
    while !hasEnded { timeline.append(step()) }
    return timeline
  }

  private func next(_ maxEvents: Int) -> Batch {
    guard let batch = reader.next(maxEvents: maxEvents) else { return Batch() }
    hasRunEnd = hasRunEnd || batch.events.contains { $0.fact.isRunEnd }
    noteStop(in: batch)
    return batch
  }

  private func noteStop(in batch: Batch) {
    if let place = batch.texts.firstIndex(of: RecordingFormat.stopped) {
      stopped = TextID(textCount + UInt32(place) + 1)
    }
    textCount += UInt32(batch.texts.count)
    guard let last = batch.events.last, case .marked(let text) = last.fact else {
      if !batch.events.isEmpty { wasStopped = false }
      return
    }
    wasStopped = text == stopped
  }
}

extension Fact {
  fileprivate var isRunEnd: Bool {
    if case .runEnded = self { true } else { false }
  }
}

/// A recording as a source: it hands out what the file holds, and there is nothing to run.
package final class RecordingSource: Source {
  private let reader: RecordingReader
  /// Enough for a first picture at once.
  private let stepSize: Int

  /// - Parameter stepSize: how many events one ``step()`` hands out.
  package init(path: String, stepSize: Int = 32_768) throws(RecordingError) {
    reader = try RecordingReader(path: path)
    self.stepSize = stepSize
  }

  package var header: RunHeader { reader.header }
  package var isLive: Bool { false }
  package var hasEnded: Bool { reader.end != nil }

  /// What a user should know about the recording, each in a sentence. It grows while it is read.
  package var notices: [String] { reader.notices }

  package func step() -> Batch { reader.next(maxEvents: stepSize) ?? Batch() }

  package func run(until time: Int64, budget: Int) -> Batch {
    reader.next(maxEvents: budget) ?? Batch()
  }

  package func hold() {}

  package func restarted() -> (any Source)? { nil }
}

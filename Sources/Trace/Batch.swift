/// What a run has added since it was last asked: the unit in which facts travel from a source to
/// a timeline and to a recording.
public struct Batch: Equatable, Sendable {
  /// Texts that the run's table has gained, in the order of their identities.
  public var texts: [String]
  public var events: [Event]

  public init(texts: [String] = [], events: [Event] = []) {
    self.texts = texts
    self.events = events
  }

  public var isEmpty: Bool { texts.isEmpty && events.isEmpty }
}

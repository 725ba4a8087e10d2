/// One recorded fact and the moment at which it became true.
///
/// An event is a plain value of 32 bytes: a run of a million of them is one flat array.
public struct Event: Equatable, Sendable {
  /// Nanoseconds since the start of the run, on the run's own clock (virtual or real).
  public var time: Int64
  public var fact: Fact

  @inlinable public init(time: Int64, fact: Fact) {
    self.time = time
    self.fact = fact
  }
}

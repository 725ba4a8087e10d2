/// Where the facts of a run come from: a program on our loop, a recording, a Python process.
///
/// The timeline never knows which. A source answers at once or after a bounded time; it never
/// waits for the clock.
public protocol Source: AnyObject {
  var header: RunHeader { get }

  /// Whether there is a loop behind it that can be held and stepped, and not only a recording.
  var isLive: Bool { get }

  /// Whether every fact that there will ever be has been handed out.
  var hasEnded: Bool { get }

  /// The moment at which a loop on a real clock stands, in nanoseconds since the start of the run;
  /// nil where time passes only as the view lets it.
  var realTime: Int64? { get }

  /// Runs exactly one handle, if there is one now or after a jump of a virtual clock.
  ///
  /// - Returns: what that added. On a real clock it is empty while no handle is due.
  func step() -> Batch

  /// Runs what is due up to a moment of the run's clock, or until the budget is spent.
  ///
  /// - Parameters:
  ///   - time: nanoseconds since the start of the run.
  ///   - budget: the greatest number of events to hand out, roughly.
  func run(until time: Int64, budget: Int) -> Batch

  /// Holds the loop: on a real clock, time stands still for it until it runs again.
  func hold()

  /// Starts the same program again from nothing.
  ///
  /// - Returns: nil if this source cannot.
  func restarted() -> (any Source)?
}

extension Source {
  public var realTime: Int64? { nil }
}

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
  /// - Returns: what that added. On a real clock it is empty while no handle is due; for a program
  ///   in another process also until the handle is over, and asking again runs no further one.
  func step() -> Batch

  /// Runs what is due up to a moment of the run's clock, or until the budget is spent.
  ///
  /// - Parameters:
  ///   - time: nanoseconds since the start of the run.
  ///   - budget: the greatest number of events to hand out, roughly; 0 runs nothing.
  func run(until time: Int64, budget: Int) -> Batch

  /// Holds the loop: on a real clock, time stands still for it until it runs again.
  func hold()

  /// Starts the same program again from nothing.
  ///
  /// - Returns: nil if this source cannot.
  func restarted() -> (any Source)?

  // What only a program in another process has; the rest takes the defaults.

  /// What becomes readable when facts have come by themselves, to be taken with ``collect()``.
  var descriptors: [Int32] { get }

  /// When to ``collect()`` even if no descriptor became readable, in nanoseconds of the system's
  /// steady clock.
  var deadline: UInt64? { get }

  /// Hands out what has come by itself, and asks for nothing.
  func collect() -> Batch

  /// How the program's process ended, as in "ended by SIGKILL"; nil while it runs.
  var ending: String? { get }

  /// How the program's process was stopped for a while, as in "stopped by SIGSTOP"; nil while it
  /// goes on.
  var stopped: String? { get }

  /// What the user should know about how the facts came, each in a sentence.
  var notices: [String] { get }

  /// Whether there is a standard input to send to.
  var takesInput: Bool { get }

  /// Sends text to the program's standard input; nil closes it.
  func send(input: String?)

  /// Does to the program what a Ctrl-C in its own terminal would do.
  func interrupt()

  /// Whether another process of the same program waits to be watched in the place of this one. It is
  /// held meanwhile.
  var hasSuccessor: Bool { get }

  /// What that process does. This source has nothing more to tell then, and is to be let go.
  ///
  /// - Returns: nil if none waits, or if it has ended just now.
  func successor() -> (any Source)?

  /// Ends what runs, within a bounded time.
  ///
  /// - Returns: what it still did.
  func end() -> Batch
}

extension Source {
  public var realTime: Int64? { nil }
  public var descriptors: [Int32] { [] }
  public var deadline: UInt64? { nil }
  public func collect() -> Batch { Batch() }
  public var ending: String? { nil }
  public var stopped: String? { nil }
  public var notices: [String] { [] }
  public var takesInput: Bool { false }
  public func send(input: String?) {}
  public func interrupt() {}
  public var hasSuccessor: Bool { false }
  public func successor() -> (any Source)? { nil }
  public func end() -> Batch { Batch() }
}

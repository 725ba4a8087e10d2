public import Trace

/// A program on our own loop as a source of facts: it runs when asked, a handle at a time.
public final class LoopSource: Source {
  public let header: RunHeader
  private let make: () -> LoopSource
  private let loop: EventLoop
  private let recorder: Recorder
  private let future: Future<Void>
  public private(set) var hasEnded = false
  /// What the program ended with, nil while it runs and if it returned.
  public private(set) var failure: (any Error)?

  /// Makes a loop and schedules the program's main coroutine on it; nothing runs yet.
  ///
  /// - Parameters:
  ///   - header: what the recording says of the run; its clock, seed and chances are the
  ///     loop's.
  ///   - profile: the CPython version whose decisions to take.
  ///   - echo: receives what the program prints, besides the recording.
  public init(
    header: RunHeader, profile: Profile = .latest, echo: ((String, Stream) -> Void)? = nil,
    main: @escaping () -> Coroutine<Void>
  ) {
    self.header = header
    let recorder = Recorder()
    let loop = EventLoop(
      clock: header.clock, profile: profile, seed: header.seed ?? 0, recorder: recorder, echo: echo)
    loop.chances = header.chances ?? 0
    self.loop = loop
    self.recorder = recorder
    future = CurrentLoop.entered(loop) { loop.begin(main) }
    make = { LoopSource(header: header, profile: profile, echo: echo, main: main) }
    loop.clock.hold()
  }

  public var isLive: Bool { true }

  /// How many Swift jobs came from other threads: 0 unless the program awaits what is not of its
  /// loop.
  package var foreignJobs: Int { loop.foreignJobs }

  public var realTime: Int64? { header.clock == .real ? loop.time : nil }

  public func step() -> Batch {
    if !hasEnded {
      loop.clock.release()
      let progress = CurrentLoop.entered(loop) { loop.runHandle() }
      settle(progress)
      // While nothing is due, real time has to pass until something is.
      if progress == .ran { loop.clock.hold() }
    }
    return recorder.drain()
  }

  public func run(until time: Int64, budget: Int) -> Batch {
    guard budget > 0 else { return recorder.drain() }
    loop.clock.release()
    CurrentLoop.entered(loop) {
      while !hasEnded && recorder.pendingCount < budget {
        guard isDue(by: time) else { break }
        let progress = loop.runHandle(limit: time)
        settle(progress)
        guard progress == .ran else { break }
      }
    }
    return recorder.drain()
  }

  public func hold() { loop.clock.hold() }

  /// Sleeps until a handle is due on a real clock, or another thread has something to run.
  public func waitUntilDue() {
    guard !hasEnded else { return }
    let time = loop.nextDue ?? .max
    loop.executor.mailbox.wait(nanoseconds: max(0, time - loop.time))
  }

  public func restarted() -> (any Source)? {
    close()
    return make()
  }

  /// Ends the loop and frees what its coroutines hold.
  public func close() { loop.closeQuietly() }

  deinit { loop.closeQuietly() }

  /// On a real clock everything that is due may run; a virtual one must not pass the given time.
  private func isDue(by time: Int64) -> Bool { header.clock == .real || loop.time <= time }

  /// Takes the end of the run where this was its last handle, so that nothing is left to ask for.
  private func settle(_ progress: EventLoop.Progress) {
    switch progress {
    case .ran:
      if loop.willStop {
        settle(.stopped)
      } else if loop.isExhausted {
        settle(.exhausted)
      }
    case .idle: break
    case .stopped:
      hasEnded = true
      do { try loop.complete(future) } catch { failure = error }
    case .exhausted:
      hasEnded = true
      failure = loop.endInDeadlock(of: future)
    }
  }
}

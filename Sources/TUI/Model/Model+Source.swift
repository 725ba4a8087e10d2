package import Trace

/// What the screen learns of the run that it shows.
extension Model {
  /// Takes in what a source has added.
  ///
  /// - Parameters:
  ///   - ended: whether nothing more will come.
  ///   - ending: how the program's process ended, if it had one.
  package mutating func receive(_ batch: Batch, ended: Bool, ending: String? = nil) {
    defer { refresh() }
    let isFirst = timeline.events.isEmpty
    let follows = followsLoop
    timeline.append(batch)
    let isNews = ended && !hasEnded
    hasEnded = ended
    self.ending = ending
    if isFirst, !timeline.events.isEmpty {
      player.seek(to: timeline.endOfPrologue, in: timeline)
    } else if let awaited, !batch.events.isEmpty {
      self.awaited = nil
      if message == Self.nothingReady { message = nil }
      forward(awaited)
    } else if player.isPlaying {
      if follows { player.goToEdge(of: timeline) } else { player.take(in: timeline) }
    }
    if ended, awaited != nil {
      awaited = nil
      player.goToEdge(of: timeline)
    }
    guard isNews, let ending else { return }
    // On a virtual clock a program is over long before the view is.
    message =
      "The program \(ending)."
      + (player.isPlaying && !isAtEdge ? " The view goes on: + shows it faster." : "")
  }

  /// Takes over a run that is known to its end.
  package mutating func load(_ timeline: Timeline) {
    self.timeline = timeline
    hasEnded = true
    show(timeline.endOfPrologue)
  }

  /// Says whether a signal has stopped the program's process, as in "stopped by SIGSTOP".
  package mutating func note(stopped: String?) {
    guard stopped != self.stopped else { return }
    if let stopped {
      message = "The program was \(stopped): it goes on when it gets SIGCONT."
    } else if !hasEnded {
      message = "The program goes on."
    }
    self.stopped = stopped
  }

  /// Says whether what is typed can be sent to the program.
  package mutating func allowInput(_ isAllowed: Bool) { takesInput = isAllowed }

  /// Shows the moment at which a loop on a real clock stands, while the view runs along with it.
  package mutating func follow(realTime: Int64) {
    guard player.isPlaying, isAtLiveEdge else { return }
    player.follow(realTime: realTime, in: timeline)
    refresh()
  }

  /// Whether the user lets time pass: the view plays, or has done so up to the end of the run.
  package var goesOn: Bool { player.isPlaying || hasEnded && isAtEdge }

  /// The same screen, as the user has arranged it, for a new run of the same program.
  package func restarted(with header: RunHeader) -> Model {
    var fresh = self
    fresh.header = header
    fresh.timeline = Timeline()
    fresh.player = Player()
    fresh.player.setSpeed(player.speed)
    fresh.hasEnded = false
    fresh.ending = nil
    fresh.stopped = nil
    fresh.awaited = nil
    fresh.judged = nil
    fresh.toldStandstill = nil
    fresh.toldSilence = nil
    fresh.forgetPath()
    fresh.lanes = LaneList()
    fresh.chosen = nil
    fresh.markers = []
    fresh.notices = []
    fresh.scrolls = [:]
    return fresh
  }

  /// Says that something about the recording is not as it should be.
  package mutating func notice(_ text: String) {
    notices.append(text)
    message = text
  }
}

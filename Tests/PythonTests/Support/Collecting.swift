import Trace

@testable import Python

extension PythonSource {
  /// Collects until enough has come. A minute of waiting for it is a failure.
  func collect(until isEnough: (Timeline) -> Bool) -> Timeline {
    var timeline = Timeline()
    collect(into: &timeline, until: isEnough)
    return timeline
  }

  func collect(into timeline: inout Timeline, until isEnough: (Timeline) -> Bool) {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(60)
    timeline.append(collect())
    while !isEnough(timeline), clock.now < limit {
      Descriptor.wait(for: descriptors, milliseconds: 10)
      timeline.append(collect())
    }
  }

  /// Collects all until the program's end.
  func wholeTimeline() -> Timeline { collect { _ in hasEnded } }

  /// Lets a program go that is held, and collects all until its end.
  func runToEnd() -> Timeline {
    var timeline = run(until: .max, budget: 100_000).asTimeline
    collect(into: &timeline) { _ in hasEnded }
    return timeline
  }
}

extension Timeline {
  /// Everything printed on a stream.
  func printed(on stream: Trace.Stream) -> String {
    outputs.indices.map { output($0) }.filter { $0.stream == stream }.map { text($0.text) }.joined()
  }

  var marks: [String] {
    events.compactMap { event in
      if case .marked(let id) = event.fact { text(id) } else { nil }
    }
  }

  /// Each lane with its state at the end: `main() done`.
  var lastStates: [String] {
    laneIDs().map { "\(label(of: $0)) \(state(of: $0, at: events.count))" }
  }

  /// With what text the run ended; nil if it has not.
  var lastWords: String? { moment(at: events.count).ending.map { text($0) } }
}

import Foundation
import TmuxSupport
import Trace

@testable import Python

/// A program that needs no Python: a shell script that stands for interpreter, recorder and
/// program, and speaks to us as the recorder does.
///
/// In it, `say LINE …` sends lines of a recording, `held` says that the loop is held, and `hear` waits for a command in `$command`.
struct FakeProgram {
  private let folder = NSTemporaryDirectory() + "loopscope-fake-" + UUID().uuidString
  let program: PythonProgram

  static let header = """
    {"loopscope":1,"clock":"real","unit":"ns","program":["fake"],"runtime":"CPython 3.12.0"}
    """

  /// - Parameter script: what it does after its header; nil for one that has its own beginning.
  init(_ script: String, header: String? = header) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/python"
    let text = """
      #!/bin/sh
      if [ "$1" = -V ]; then echo "Python 3.12.0"; exit; fi
      test -f "$1" || exit 99
      say() { printf '%s\\n' "$@" >&3; }
      held() { say '["lh",0]'; }
      hear() { read -r command <&3; }
      \(header.map { "say '\($0)'" } ?? "")
      \(script)

      """
    try writeProgram(text, to: path)
    program = PythonProgram(
      interpreter: Interpreter(path: path, version: "3.12.0"), command: ["fake.py"])
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Starts it, and removes its file when it runs.
  static func started(_ script: String, header: String? = header) throws -> PythonSource {
    let fake = try FakeProgram(script, header: header)
    defer { fake.remove() }
    return try PythonSource(fake.program)
  }
}

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
      PythonSource.wait(for: descriptors, milliseconds: 10)
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

  /// With what text the run ended; nil if it has not.
  var lastWords: String? { moment(at: events.count).ending.map { text($0) } }
}

import Foundation
import Python
import PythonSupport
import Testing
import TmuxSupport
import Trace

/// What CPython made of the examples of the post, as it is kept in `demos/recordings`.
struct PostRecordingTests {
  private static let meows = ["meow(1)", "meow(2)", "meow(3)", "meow(4)", "meow(5)"]

  @Test(arguments: PostRecording.all)
  func `it plays, and says what the post says`(recording: PostRecording) throws {
    let played = try loopscope("play", recording.path())
    #expect(played.status == 0)
    #expect(played.errors.isEmpty)
    #expect(played.output.contains("\(recording.demo).py"))
    let picture = try loopscope("snapshot", recording.path())
    #expect(picture.status == 0)
    #expect(picture.output.contains("CPython \(recording.version)."))

    let whole = try WholeRecording(path: recording.path())
    #expect(whole.notices.isEmpty)
    #expect(whole.timeline.contradictionCount == 0)
    #expect(whole.header.clock == .virtual)
    #expect(whole.header.program == ["\(recording.demo).py"])
    let said = whole.printed(on: .stdout).split(separator: "\n").map(String.init)
    let names = whole.lanes.map(\.name)
    let ends = whole.lanes.map(\.end)
    let isForbidden = recording.demo == "wait" && !recording.hasArbitraryOrder
    switch recording.demo {
    case "hello":
      #expect(said == ["Hey!"])
      #expect(names == ["speak()"])
    case "deferred", "ensure-future":
      #expect(
        said == (recording.demo == "deferred" ? ["A", "B", "C", "D"] : ["C", "A", "B", "D"]))
      #expect(names == ["main()", "speak()"])
    case "order":
      #expect(said == [3, 1, 5, 2, 4].flatMap { ["starting \($0)", "stopping \($0)"] })
      #expect(names == ["main()"] + Self.meows)
    case "evens-odds":
      #expect(said == [1, 3, 5, 2, 4].flatMap { ["starting \($0)", "stopping \($0)"] })
      #expect(names == ["main()"] + Self.meows)
    case "wait" where isForbidden:
      #expect(said == [])
      #expect(whole.printed(on: .stderr).contains("TypeError: Passing coroutines is forbidden"))
      #expect(names.first == "main()")
      #expect(Set(names.dropFirst()).isSubset(of: Self.meows))
      #expect(ends.first == .failed)
      #expect(Set(ends.dropFirst()).isSubset(of: [.neverAwaited]))
    case "wait", "wait-ordered":
      let started = said.prefix(5).map { $0.replacing("starting ", with: "") }
      #expect(said == started.map { "starting \($0)" } + started.map { "stopping \($0)" })
      #expect(
        recording.demo == "wait"
          ? started.sorted() == ["1", "2", "3", "4", "5"] : started == ["1", "2", "3", "4", "5"])
      #expect(names == ["main()"] + Self.meows)
    case "gather":
      #expect(said == ["[1, 2, 3, 4, 5]"])
      #expect(names == ["main()"] + Self.meows)
    case "reawait":
      #expect(said == ["1", "1", "1"])
      #expect(ends.first == .failed)
      #expect(
        whole.printed(on: .stderr).contains("RuntimeError: cannot reuse already awaited coroutine"))
    default:
      #expect(said == [])
      #expect(names.map { $0.prefix { $0 != "(" } } == ["main", "greet"])
      #expect(ends == [.done, .neverAwaited])
      #expect(whole.printed(on: .stderr).contains("coroutine 'greet' was never awaited"))
    }
    if !["reawait", "never-awaited"].contains(recording.demo), !isForbidden {
      #expect(Set(ends) == [.done], "no ghosts, and none that was never awaited")
    }
  }

  @Test(arguments: PostRecording.all)
  func `why says of an order that was lost that it was a set's`(recording: PostRecording) throws {
    let answer = try loopscope("why", recording.path(), "meow", "--at", "step:1")
    #expect(answer.output.contains("walking over a set") == recording.hasArbitraryOrder)
  }

  @Test(arguments: PostRecording.all)
  func `it names no folder of the machine that made it`(recording: PostRecording) throws {
    let text = try String(contentsOfFile: recording.path(), encoding: .utf8)
    #expect(text.firstMatch(of: /["' (]\/\w+\//)?.0 == nil)
  }

  /// Those whose very release is installed here.
  private static let repeatable = PostRecording.versions.filter { version in
    let made = try? WholeRecording(path: PostRecording(version: version, demo: "hello").path())
    return Interpreters.installed.contains { "CPython \($0.version)" == made?.header.runtime }
  }

  @Test(arguments: repeatable)
  func `a fresh recording is the same, event by event`(version: String) async throws {
    let scratch = try Scratch()
    let answer = try await runAside([
      PostRecording.root.path + "/scripts/record-demos", builtProduct("loopscope"), scratch.path,
      version,
    ])
    #expect(answer.status == 0, "\(answer.output)")
    for recording in PostRecording.all where recording.version == version {
      let kept = try WholeRecording(path: recording.path())
      let fresh = try WholeRecording(path: recording.path(in: scratch.path))
      #expect(kept.header == fresh.header)
      let lines =
        recording.hasArbitraryOrder
        ? (kept.linesByLane, fresh.linesByLane) : (kept.lines, fresh.lines)
      let different = zip(lines.0, lines.1).first { $0 != $1 }
      #expect(different == nil && lines.0.count == lines.1.count, "\(recording): make recordings")
    }
  }
}

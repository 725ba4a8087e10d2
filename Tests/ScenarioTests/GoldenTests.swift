import Demos
import Foundation
import Loop
import Scenario
import Testing
import Trace

/// Our loop against what CPython once did, with no Python at all.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  /// The releases of which there are goldens.
  static let profiles = [
    (8, 18), (9, 18), (10, 13), (11, 2), (11, 7), (12, 1), (13, 0), (13, 18), (14, 10), (15, 2),
  ].map { Profile.python3($0, micro: $1) }

  static func goldens(_ profile: Profile) throws -> [String: [String]] {
    let path = folder.appending(path: "Goldens/cpython-\(profile).txt.gz").path
    return Dictionary(
      try Golden.all(inFile: path).map { ($0.name, $0.lines) },
      uniquingKeysWith: { _, last in last }
    )
  }

  static func corpus() throws -> [Scenario] {
    try Scenario.all(inFile: folder.appending(path: "corpus.jsonl").path)
  }

  @Test func `the corpus is large and its names are its own`() throws {
    let names = try Self.corpus().map(\.name)
    #expect(names.count >= 300)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: profiles)
  func `our loop does with each scenario what CPython did`(profile: Profile) throws {
    let goldens = try Self.goldens(profile)
    for scenario in try Self.corpus() where scenario.isAbout(profile) {
      let theirs = try #require(goldens[scenario.name], "\(scenario.name) is not recorded")
      let ours = Golden(name: "", lines: try scenario.account(as: profile).lines).lines
      if let difference = Difference(ours: ours, theirs: theirs) {
        Issue.record("\(scenario.name) as \(profile)\n\(scenario.json)\n\(difference)")
      }
    }
  }

  @Test(arguments: profiles, Demo.all)
  func `each demo does what its Python twin did`(profile: Profile, demo: Demo) throws {
    let goldens = try Self.goldens(profile)
    let theirs = try #require(goldens["\(demo.name).py"])
    let recorder = Recorder()
    let loop = EventLoop(
      clock: .virtual, profile: profile, seed: 0, recorder: recorder, echo: nil)
    loop.keepsOrderOfSets = true
    let main = try demo.program([])
    _ = try? loop.runUntilComplete(main)
    var batch = recorder.drain()
    let threaded = batch.events.firstIndex { $0.fact.waitsForThread }
    if let threaded {
      // From here on CPython's program depends on a real thread and a real clock.
      batch.events.removeSubrange((threaded + 1)...)
    }
    let account = Account(batch, callbacks: nil, hasCoroutines: profile.minor >= 12)
    loop.setExceptionHandler { _, _ in }
    loop.close()
    // A program goes on when its loop has ended, and there our loop's account stops.
    let decisions = account.lines.prefix { !$0.hasPrefix("late:") }
    let isEnded = decisions.last?.split(separator: " ").dropFirst().first == "end"
    let ours = Golden(name: "", lines: isEnded ? decisions.dropLast() : Array(decisions)).lines
    #expect(isEnded != (threaded != nil), "the comparison reaches the end of the run")
    let length = min(ours.count, Golden.longest)
    let difference = Difference(
      ours: Array(ours.prefix(length)), theirs: Array(theirs.prefix(length)))
    if let difference { Issue.record("\(demo.name) as \(profile)\n\(difference)") }
  }
}

extension Fact {
  fileprivate var waitsForThread: Bool {
    if case .coroutineSuspended(_, let wait, _) = self { wait.kind == .thread } else { false }
  }
}

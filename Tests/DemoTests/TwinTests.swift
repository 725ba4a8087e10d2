import Demos
import Foundation
import Loop
import PythonSupport
import Testing

/// Each demo against its Python twin, on every CPython that is installed.
struct TwinTests {
  @Test(arguments: Demo.all)
  func `each demo has a twin`(demo: Demo) {
    #expect(FileManager.default.fileExists(atPath: TwinRunner.twin(demo.name).path))
  }

  @Test(
    .whereInterpretersAre,
    arguments: Profile.supported.filter { profile in
      TwinRunner.installed.contains { $0.profile == profile }
    })
  func `each demo says what its twin says`(profile: Profile) throws {
    let python = try #require(TwinRunner.installed.first { $0.profile == profile })
    let twins = try python.run(twins: Demo.all.map(\.name))
    for demo in Demo.all {
      let twin = try #require(twins[demo.name])
      let run = try DemoRun(demo, profile: profile)
      if demo.name == "wait" && profile <= .python3(10) {
        expectPermutation(run.output, twin.output)
      } else if profile == .python3(6) {
        // gather() of 3.6 takes its members in an arbitrary order too.
        #expect(run.output.sorted() == twin.output.sorted(), "\(demo.name) on \(profile)")
      } else {
        #expect(run.output == twin.output, "\(demo.name) on \(profile)")
      }
      if demo.name == "deadlock" {
        #expect(run.failure?.hasPrefix("DeadlockError") == true)
      } else if let failure = run.failure {
        #expect(twin.errors.contains(failure), "\(demo.name) on \(profile)")
      } else {
        #expect(!twin.errors.contains("in <module>\n"), "\(demo.name) on \(profile)")
      }
      for warning in warnings(run.errors) {
        #expect(twin.errors.contains(warning), "\(demo.name) on \(profile)")
      }
      #expect(
        run.errors.first { $0.contains("never retrieved") }.map { twin.errors.contains($0) } ?? true
      )
      #expect(
        warnings(run.errors).isEmpty == !twin.errors.contains("Warning: "),
        "\(demo.name) on \(profile)")
    }
  }

  /// `wait` takes its members in an arbitrary order: five starts, then five stops in the same one.
  private func expectPermutation(_ ours: [String], _ theirs: [String]) {
    #expect(ours.sorted() == theirs.sorted())
    for lines in [ours, theirs] {
      #expect(lines.prefix(5).map { $0.suffix(1) } == lines.suffix(5).map { $0.suffix(1) })
    }
  }

  /// The warnings, without the places that they come from.
  private func warnings(_ errors: [String]) -> [String] {
    errors.compactMap { line in
      ["RuntimeWarning: ", "DeprecationWarning: "].lazy
        .compactMap { line.range(of: $0) }.first.map { String(line[$0.lowerBound...]) }
    }
  }
}

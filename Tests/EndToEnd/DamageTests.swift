import Foundation
import Testing
import TmuxSupport

/// Whatever stands in a recording, each command that reads one comes to its end, and what it writes is whole.
@Suite struct DamageTests {
  private static let fuzz = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "damage/fuzz.py").path

  /// A few of the seeds that `make damage` tries. The last of them once asked for the numbers of no time at
  /// the end of a run with a lock.
  @Test(.wherePythonIs) func `each command withstands damaged recordings`() async throws {
    let result = try await runAside([
      "nice", "python3", Self.fuzz, builtProduct("loopscope"), "--seeds", "114", "3",
    ])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("damaged in 3 ways from seed 114: 0 with something wrong"))
  }
}

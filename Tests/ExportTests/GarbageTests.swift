import Export
import Foundation
import Testing
import Trace
import TraceSamples

/// Recordings are untrusted: whatever stands in one, what is made of it is whole.
@Suite struct GarbageTests {
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `facts that contradict one another are exported too`(seed: UInt64) throws {
    var timeline = Timeline()
    timeline.append(Garbage.batch(seed: seed, events: 2_000))
    for clock in RunHeader.Clock.allCases {
      _ = try JSONSerialization.jsonObject(
        with: Data(try export(timeline, as: .chrome, clock: clock).utf8))
      #expect(try export(timeline, as: .csv, clock: clock).split(separator: "\n").count == 2_001)
      #expect(try export(timeline, as: .svg, clock: clock).hasSuffix("</svg>\n"))
    }
  }
}

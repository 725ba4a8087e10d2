import Testing
import Trace
import TraceSamples

/// Times as they are shown, and as they are read.
struct TimeTextTests {
  @Test(
    arguments: [
      (0, "0.000s"), (250_000, "0.000250s"), (1_999, "0.000001s"), (-1_500_000_000, "-1.500s"),
      (3_599_999_999_999, "3599.999999s"), (3_600_000_000_000, "1:00:00.000"),
      (86_399_001_000_000, "23:59:59.001"), (86_400_000_000_000, "1d 0:00:00.000"),
      (259_205_000_005_000, "3d 0:00:05.000005"), (-259_205_000_005_000, "-3d 0:00:05.000005"),
      (.max, "106751d 23:47:16.854775"),
    ] as [(Int64, String)])
  func `from an hour on a time is shown as a clock shows it`(time: Int64, text: String) {
    #expect(timeText(time) == text)
  }

  @Test(
    arguments: [
      ("1.5s", 1_500_000_000), ("1.250 s", 1_250_000_000), (".5s", 500_000_000),
      ("2.s", 2_000_000_000), ("250ms", 250_000_000), ("12 µs", 12_000), ("12us", 12_000),
      ("300 ns", 300), ("0.1ns", 0),
      ("259205.000005s", 259_205_000_005_000), ("1:00:05", 3_605_000_000_000),
      ("100:00:00.5", 360_000_500_000_000), ("3d", 259_200_000_000_000),
      ("3d 0:00:05.000005", 259_205_000_005_000), ("3d0:00:05", 259_205_000_000_000),
      ("9223372036s", 9_223_372_036_000_000_000),
    ] as [(String, Int64)])
  func `a time is read as it is written, to the nanosecond`(text: String, nanoseconds: Int64) {
    #expect(time(of: text) == nanoseconds)
  }

  @Test(arguments: [
    "", "s", ".s", "1", "-1s", "+1s", "1e3s", "nans", "1.2.3s", "1 5s", "1  s", " 1s", "1s ",
    "1 .5s", "d", "1.5d", "3d5s", "3d 5s", "1d1d", "1:00", "1:0:00", "1:60:00", "1:00:60", "1:00:5",
    "1.5:00:00", "1:00:00s", ":00:00", "9223372037s", "106752d", "106751d 24:00:00",
    "99999999999999999999s", "１s",
  ])
  func `what is no time is not taken for one`(text: String) {
    #expect(time(of: text) == nil)
  }

  @Test func `what is shown is read as the same moment`() {
    var random = SeededGenerator(seed: 1)
    for shift in 0..<63 {
      for _ in 0..<50 {
        let moment = Int64.random(in: 0...Int64.max >> shift, using: &random)
        // To the microsecond, as it is shown; a label of the axis to the nanosecond.
        #expect(time(of: timeText(moment)) == moment / 1000 * 1000)
        #expect(time(of: shortTimeText(moment)) == moment)
      }
    }
  }

  @Test func `spans between labels rise, each by three times at most`() {
    #expect(roundSpans.first == 1)
    for (span, next) in zip(roundSpans, roundSpans.dropFirst()) {
      #expect(span < next && next / 3 <= span)
    }
    #expect(roundSpans.suffix(1) == [100_000 * 86_400_000_000_000])
    // Whole ones follow from an hour on.
    #expect(roundSpans.contains(3_600_000_000_000) && roundSpans.contains(43_200_000_000_000))
  }
}

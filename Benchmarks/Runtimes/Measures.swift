import Foundation

/// Nanoseconds for which this process has used a processor: others on the machine do not count.
func processorTime() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Bytes of memory that this process has in use; 0 where there is no `/proc`.
func residentMemory() -> Int {
  let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
  let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * sysconf(Int32(_SC_PAGESIZE))
}

/// The one in the middle.
///
/// - Precondition: there is one.
func median(_ times: [UInt64]) -> UInt64 { times.sorted()[times.count / 2] }

/// A ratio with two digits that mean something: `5.1×`, `12×`.
func ratio(_ a: UInt64, _ b: UInt64) -> String {
  let ratio = Double(a) / Double(max(b, 1))
  return String(format: ratio < 10 ? "%.1f×" : "%.0f×", ratio)
}

/// Tells on stderr what is being done, so that stdout holds results alone.
func progress(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

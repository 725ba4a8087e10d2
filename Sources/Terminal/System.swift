#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func errorText(_ errno: Int32) -> String { String(cString: strerror(errno)) }

/// A variable of the environment; nil when it is not set or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// The monotonic clock, in nanoseconds: the clock of
/// ``Terminal/wait(until:alsoReadable:beforeStop:)``.
package func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Writes all of it to standard output, as far as the terminal takes it.
func writeToTerminal(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if written > 0 {
      rest = rest.dropFirst(written)
    } else if errno != EINTR {
      return
    }
  }
}

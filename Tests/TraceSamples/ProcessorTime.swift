#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long work keeps its thread's processor, in seconds: how much else the machine has to do is no matter.
package func processorTime(_ work: () throws -> Void) rethrows -> Double {
  let start = threadTime()
  try work()
  return threadTime() - start
}

private func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

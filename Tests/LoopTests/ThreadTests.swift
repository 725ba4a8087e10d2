import Synchronization
import Testing
import Trace

@testable import Loop

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct ThreadTests {
  /// A program whose every line checks that it is on the thread of its loop.
  private static func check(_ number: Int, on thread: pthread_t, strangers: Counter)
    -> Coroutine<Int>
  {
    Coroutine("check(\(number))") {
      for round in 0..<20 {
        if pthread_equal(pthread_self(), thread) == 0 { strangers.add() }
        try await sleep(Double((number + round) % 3) / 1_000)
        let inner = Coroutine("inner()") { try await sleep(0) }
        try await inner()
      }
      return number
    }
  }

  @Test func `nothing ever runs off the loop's thread`() {
    let strangers = Counter()
    let run = Run {
      let here = pthread_self()
      let numbers = try await gather(
        (0..<100).map { Self.check($0, on: here, strangers: strangers) })()
      print(numbers.reduce(0, +))
    }
    #expect(run.output == ["4950"])
    #expect(strangers.count == 0)
    #expect(run.loop.foreignJobs == 0)
  }

  @Test func `several threads run several loops at once`() {
    let totals = Mutex<[String]>([])
    let threads = (0..<4).map { number in
      startThread {
        let run = Run(seed: UInt64(number)) {
          let here = pthread_self()
          let strangers = Counter()
          let sum = try await gather(
            (0..<20).map { Self.check($0 + number, on: here, strangers: strangers) })()
          print(sum.reduce(0, +), strangers.count)
        }
        totals.withLock { $0 += run.output + ["\(run.loop.foreignJobs)"] }
      }
    }
    for thread in threads { pthread_join(thread, nil) }
    let expected = (0..<4).flatMap { ["\(190 + 20 * $0) 0", "0"] }
    #expect(totals.withLock { $0.sorted() } == expected.sorted())
  }

  @Test func `a Swift task of another thread wakes a coroutine on a real clock`() throws {
    let loop = EventLoop(clock: .real, echo: nil)
    defer { loop.close() }
    let answer = try loop.runUntilComplete(
      Coroutine("main()") {
        let here = pthread_self()
        let answer = await Task.detached { 42 }.value
        return pthread_equal(pthread_self(), here) != 0 ? answer : -1
      })
    #expect(answer == 42)
    #expect(loop.foreignJobs > 0)
  }
}

/// Counts, on one thread.
final class Counter {
  private(set) var count = 0
  func add() { count += 1 }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  let box = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
  var thread = pthread_self()
  pthread_create(
    &thread, nil,
    { box in
      #if canImport(Glibc)
        guard let box else { return nil }
      #endif
      Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run()
      return nil
    }, box)
  return thread
}

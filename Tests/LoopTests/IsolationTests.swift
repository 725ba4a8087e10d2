import Testing

@testable import Loop

struct IsolationTests {
  private actor Somebody {
    func coroutine() -> String {
      let coroutine = Coroutine("own()") { 42 }
      do {
        return "\(try run(coroutine, clock: .virtual))"
      } catch {
        return "\(error)"
      }
    }
  }

  @MainActor @Test func `code of the main actor is refused in a sentence`() throws {
    let error = #expect(throws: RuntimeError.self) {
      try run(Coroutine("top()") { 42 }, clock: .virtual)
    }
    #expect(
      error?.message
        == "the code of top() belongs to the main actor and not to the loop: "
        + "make the coroutine in a function that is nonisolated")
  }

  @Test func `code of any other actor is refused too`() async {
    let said = await Somebody().coroutine()
    #expect(said.contains("the code of own() belongs to an actor"))
  }

  @MainActor @Test func `a coroutine that was made by code of no actor runs`() throws {
    #expect(try run(Self.made(), clock: .virtual) == 42)
  }

  private nonisolated static func made() -> Coroutine<Int> {
    Coroutine("made()") { try await Coroutine("inner()") { 42 }() }
  }

  @Test func `where there is no loop, what can throw does`() async {
    let expected = "RuntimeError: no running event loop"
    #expect(await thrown { try await sleep(1) } == expected)
    let lock = Lock()
    #expect(await thrown { try await lock.acquire() } == "nothing")
    #expect(await thrown { try await lock.acquire() } == expected)
    #expect(await thrown { try await Semaphore().acquire() } == expected)
    #expect(await thrown { _ = try await Queue<Int>().get() } == expected)
    #expect(await thrown { try await LoopEvent().wait() } == expected)
    #expect(await thrown { _ = try await Self.made()() } == expected)
    let future: Future<Int> = EventLoop(clock: .virtual).createFuture()
    #expect(await thrown { _ = try await future() } == expected)
    #expect(await thrown { try await timeout(1) { _ in } } == expected)
    #expect(await thrown { try await waitFor(Self.made(), timeout: 1) } == expected)
    #expect(await thrown { _ = try await wait([Self.made()]) } == expected)
    #expect(await thrown { try await taskGroup { _ in } } == expected)
    #expect(await thrown { try await toThread { timeSleep(0) } } == expected)
  }

  @Test func `where there is no loop, what cannot throw ends the program with a sentence`()
    async throws
  {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = currentTask() }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("no running event loop on this thread: only coroutines"))
  }

  @Test func `a loop runs on whichever thread runs it`() throws {
    let loop = Monitor(EventLoop(clock: .virtual))
    let outcome = Monitor<Result<[Int], any Error>?>(nil)
    let pool = ThreadPoolExecutor(maxWorkers: 1)
    @Sendable func main() -> Coroutine<[Int]> {
      Coroutine("main()") {
        async let child = Self.child()
        let numbers = try await gather((1...3).map { Self.nap($0) })()
        return numbers + [await child]
      }
    }
    pool.submit {
      let result = Result { try loop.access { try $0.runUntilComplete(main()) } }
      outcome.access(waking: true) { $0 = result }
    }
    #expect(try outcome.wait { $0 }.get() == [1, 2, 3, 4])
    pool.shutdown()
    #expect(try loop.access { try $0.runUntilComplete(main()) } == [1, 2, 3, 4])
    #expect(loop.access { $0.foreignJobs } == 0)
    loop.access { $0.close() }
  }

  @Sendable private static func child() async -> Int { 4 }

  private static func nap(_ number: Int) -> Coroutine<Int> {
    Coroutine("nap(\(number))") {
      try await sleep(1)
      return number
    }
  }
}

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
    #expect(await thrown { try await timeout(1) { _ in } } == expected)
    #expect(await thrown { try await waitFor(Self.made(), timeout: 1) } == expected)
    #expect(await thrown { _ = try await wait([Self.made()]) } == expected)
    #expect(await thrown { try await taskGroup { _ in } } == expected)
    #expect(await thrown { try await toThread { timeSleep(0) } } == expected)
  }
}

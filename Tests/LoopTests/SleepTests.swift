import Testing
import Trace

@testable import Loop

struct SleepTests {
  @Test func `sleep costs two handles: the timer, and the step that it wakes`() {
    #expect(Run {}.ran == [.step])
    let run = Run { try await sleep(1) }
    #expect(run.ran == [.step, .setResult, .wakeup])
    #expect(run.seconds == 1)
  }

  @Test func `sleep of 0 costs one handle and no time`() {
    let run = Run { try await sleep(0) }
    #expect(run.ran == [.step, .step])
    #expect(run.seconds == 0)
  }

  @Test func `a negative sleep yields once, but went by a timer in 3_6`() {
    #expect(Run { try await sleep(-1) }.ran == [.step, .step])
    #expect(Run(.python3(6)) { try await sleep(-1) }.ran == [.step, .setResult, .wakeup])
  }

  @Test func `a sleep that is not a number is refused from 3_13 on`() {
    let run = Run { print(await thrown { try await sleep(.nan) }) }
    #expect(run.output == ["ValueError: Invalid delay: NaN (not a number)"])
  }

  @Test func `time jumps once for sleepers with one deadline`() {
    let run = Run {
      _ = try await gather((1...5).map { _ in Coroutine("nap()") { try await sleep(2) } })()
    }
    #expect(run.jumps == 1)
    #expect(run.seconds == 2)
  }

  @Test func `sleepers with equal deadlines wake in the order in which they lay down`() {
    let run = Run {
      let naps = (1...20).map { number in
        Coroutine("nap(\(number))") {
          try await sleep(1)
          print(number)
        }
      }
      _ = try await gather(naps)()
    }
    #expect(run.output == (1...20).map(String.init))
  }

  @Test func `sleepers wake in the order of their deadlines`() {
    let run = Run {
      let naps = [3, 1, 2].map { number in
        Coroutine("nap(\(number))") {
          try await sleep(Double(number))
          print(number)
        }
      }
      _ = try await gather(naps)()
    }
    #expect(run.output == ["1", "2", "3"])
  }
}

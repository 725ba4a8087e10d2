import Testing
import Trace

@testable import Loop

struct WaitTests {
  private static func nap(_ seconds: Double) -> Coroutine<Double> {
    Coroutine("nap(\(seconds))") {
      try await sleep(seconds)
      return seconds
    }
  }

  private static func fail(_ seconds: Double) -> Coroutine<Double> {
    Coroutine("fail(\(seconds))") {
      try await sleep(seconds)
      throw ValueError("bad")
    }
  }

  @Test func `all completed waits for every member`() {
    let run = Run {
      let (done, pending) = try await wait([1, 3, 2].map { ensureFuture(Self.nap($0)) })
      print(try done.map { try $0.result() }.sorted(), pending.count)
    }
    #expect(run.output == ["[1.0, 2.0, 3.0] 0"])
    #expect(run.seconds == 3)
  }

  @Test func `first completed returns with the first, and leaves the others running`() {
    let run = Run {
      let (done, pending) = try await wait(
        [3, 1, 2].map { ensureFuture(Self.nap($0)) }, returnWhen: .firstCompleted)
      print(try done.map { try $0.result() }, pending.count, pending.allSatisfy { !$0.isDone })
    }
    #expect(run.output == ["[1.0] 2 True"])
  }

  @Test func `first exception returns with the first exception, not with the first result`() {
    let run = Run {
      let members = [Self.nap(1), Self.fail(2), Self.nap(3)].map { ensureFuture($0) }
      let (done, pending) = try await wait(members, returnWhen: .firstException)
      print(done.count, pending.count, runningLoop().time)
      print(await thrown { _ = try members[1].result() })
    }
    #expect(run.output == ["2 1 2000000000", "ValueError: bad"])
  }

  @Test func `a cancelled member is no exception to a wait`() {
    let run = Run {
      let members = [Self.nap(1), Self.nap(3)].map { ensureFuture($0) }
      members[0].cancel()
      let (done, _) = try await wait(members, returnWhen: .firstException)
      print(done.count, runningLoop().time)
    }
    #expect(run.output == ["2 3000000000"])
  }

  @Test func `a timeout returns what is done, and cancels nothing`() {
    let run = Run {
      let members = [1, 5].map { ensureFuture(Self.nap($0)) }
      let (done, pending) = try await wait(members, timeout: 2)
      print(done.count, pending.count, runningLoop().time)
      _ = try await members[1]()
    }
    #expect(run.output == ["1 1 2000000000"])
    #expect(run.seconds == 5)
  }

  @Test func `a timeout that was not needed is cancelled`() {
    let run = Run { _ = try await wait([ensureFuture(Self.nap(1))], timeout: 60) }
    #expect(run.seconds == 1)
  }

  @Test func `a wait for nothing is a ValueError`() {
    let now = Run { _ = try await wait([Future<Int>]()) }
    #expect("\(now.failure, default: "")" == "ValueError: Set of Tasks/Futures is empty.")
    let then = Run(.python3(10)) { _ = try await wait([Future<Int>]()) }
    #expect("\(then.failure, default: "")" == "ValueError: Set of coroutines/Futures is empty.")
  }

  @Test func `a wait that is cancelled leaves its members running`() {
    let run = Run {
      let member = ensureFuture(Self.nap(5))
      let waiter = createTask(Coroutine("waiter()") { _ = try await wait([member]) })
      try await sleep(1)
      waiter.cancel()
      print(await thrown { try await waiter() }, member.isDone)
      print(try await member())
    }
    #expect(run.output == ["CancelledError False", "5.0"])
  }

  @Test(arguments: Profile.supported)
  func `bare coroutines are taken, warned of or refused by version`(profile: Profile) {
    let run = Run(profile) { _ = try await wait([Self.nap(1), Self.nap(1)]) }
    let deprecation = """
      DeprecationWarning: The explicit passing of coroutine objects to asyncio.wait() is \
      deprecated since Python 3.8, and scheduled for removal in Python 3.11.
      """
    switch profile.minor {
    case 6...8:
      #expect(run.failure == nil && run.errors.isEmpty && run.seconds == 1)
    case 9...10:
      #expect(run.failure == nil && run.seconds == 1)
      #expect(run.errors == [deprecation])
    default:
      #expect(
        "\(run.failure, default: "")"
          == "TypeError: Passing coroutines is forbidden, use tasks explicitly.")
      #expect(run.errors.count { $0.hasSuffix("coroutine 'nap' was never awaited") } == 2)
    }
  }

  @Test func `the order of bare coroutines comes from the seed, and repeats with it`() {
    func order(_ seed: UInt64) -> [String] {
      Run(.python3(7), seed: seed) {
        _ = try await wait((1...8).map { number in Coroutine("say(\(number))") { print(number) } })
      }.output
    }
    #expect(Set((0..<6).map(order)).count > 1)
    #expect(order(4) == order(4))
    #expect(order(4).sorted() == (1...8).map(String.init))
  }

  @Test func `tasks keep the order of their creation whatever the seed`() {
    for seed in 0..<6 as Range<UInt64> {
      let run = Run(.python3(7), seed: seed) {
        let tasks = (1...8).map { number in
          ensureFuture(Coroutine("say(\(number))") { print(number) })
        }
        _ = try await wait(tasks)
      }
      #expect(run.output == (1...8).map(String.init))
    }
  }
}

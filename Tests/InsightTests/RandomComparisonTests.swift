import Testing
import Trace
import TraceSamples

@testable import Insight

/// Where random runs part.
struct RandomComparisonTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a run is like itself, however long it took`(seed: UInt64) {
    let batch = RandomRun(seed: seed, events: 2000).script.batch
    var slow = batch
    for place in slow.events.indices { slow.events[place].time *= 3 }
    for other in [batch, slow] {
      let comparison = compare(run(batch), run(other))
      #expect(comparison.isAlike)
      #expect(comparison.parting == nil && comparison.otherStep == nil)
      #expect(comparison.work.isSameInEach)
      #expect(words(comparison).hasPrefix("The runs are alike: "))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `where two steps have changed places the runs part there`(seed: UInt64) throws {
    let batch = RandomRun(seed: seed, events: 12_000).script.batch
    let steps = wholeSteps(of: batch.events)
    let swap = try #require(
      zip(steps, steps.dropFirst()).dropFirst(Int(seed)).first { first, second in
        first.range.upperBound == second.range.lowerBound
          && makesNothing(batch.events[first.range]) && makesNothing(batch.events[second.range])
          && task(first.handle, in: batch) != task(second.handle, in: batch)
      })
    var swapped = batch
    swapped.events.replaceSubrange(
      swap.0.range.lowerBound..<swap.1.range.upperBound,
      with: batch.events[swap.1.range] + batch.events[swap.0.range])
    let comparison = compare(run(batch), run(swapped))
    #expect(comparison.parting?.step == swap.0.number)
    #expect(comparison.parting?.isOtherStep == true)
    #expect(comparison.otherStep?.step == swap.0.number)
    #expect(comparison.otherStep?.later.a == swap.1.number)
    #expect(comparison.otherStep?.later.b == swap.1.number)
    #expect(comparison.work.isSameInEach)
    #expect(words(comparison).contains("It is the same work in another order: "))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `what one lane prints otherwise is found at its event`(seed: UInt64) throws {
    var script = RandomRun(seed: seed, events: 2000).script
    let other = script.text("another line")
    let batch = script.batch
    var changed = batch
    let place = try #require(
      batch.events.indices.dropFirst(700).first { place in
        guard case .output(_, let lane, _) = batch.events[place].fact else { return false }
        return lane != .none
      })
    guard case .output(_, let lane, _) = batch.events[place].fact else { return }
    changed.events[place].fact = .output(other, by: lane, .stdout)
    let comparison = compare(run(batch), run(changed))
    #expect(comparison.parting?.step == comparison.a.timeline.steps(at: place + 1))
    #expect(comparison.parting?.a.first == place && comparison.parting?.b.first == place)
    #expect(comparison.otherStep == nil, "the same steps run")
    #expect(comparison.work.otherwise.map(\.a) == [lane])
    #expect(comparison.output.onlyInB.map(\.text).contains { $0.contains("another line") })
    #expect(words(comparison).contains("It is other work: 1 of the "))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `any two runs can be compared, and are told within bounds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let one = RandomRun(seed: seed, events: 4000, lanes: 60).script.batch
    let other = RandomRun(seed: seed + 100, events: 3000, lanes: 60).script.batch
    for (a, b) in [
      (one, other), (one.losing(9, using: &random), one), (one, Batch()),
      (Batch(texts: one.texts, events: one.events.reversed()), other),
    ] {
      let (there, back) = (compare(run(a), run(b)), compare(run(b), run(a)))
      #expect(!there.isAlike && !back.isAlike)
      #expect(there.parting?.step == back.parting?.step)
      #expect(there.isUnsure == back.isUnsure)
      #expect(there.work.onlyInA.count == back.work.onlyInB.count)
      #expect(there.work.pairCount == back.work.pairCount)
      #expect(Report(there, names: ("a", "b")).lines.count < 150)
    }
  }

  private struct Step {
    var number: Int
    var handle: HandleID
    var range: Range<Int>
  }

  private func wholeSteps(of events: [Event]) -> [Step] {
    var steps: [Step] = []
    for (place, event) in events.enumerated() {
      switch event.fact {
      case .handleBegan(let id):
        steps.append(Step(number: steps.count + 1, handle: id, range: place..<place))
      case .handleEnded:
        steps[steps.count - 1].range = steps[steps.count - 1].range.lowerBound..<place + 1
      default: break
      }
    }
    return steps
  }

  /// Identities must rise, so steps that make anything cannot change places.
  private func makesNothing(_ events: ArraySlice<Event>) -> Bool {
    !events.contains { event in
      switch event.fact {
      case .coroutineCreated, .taskCreated, .futureCreated, .handleScheduled, .timerScheduled: true
      default: false
      }
    }
  }

  private func task(_ handle: HandleID, in batch: Batch) -> Callback? {
    for event in batch.events {
      switch event.fact {
      case .handleScheduled(handle, let callback, _), .timerScheduled(handle, _, let callback):
        return callback
      default: continue
      }
    }
    return nil
  }
}

import Insight
import Testing
import Trace
import TraceSamples

/// Where an exception was raised that ended a lane, and by whom first.
struct TracebackTests {
  private static let error = "ValueError: no"

  /// `main()` gathers the task `worker()`, which awaits `load()`, which raises; both let it through.
  private struct Failed {
    var run = Script()
    let main: LaneID
    let worker: LaneID
    let load: LaneID

    init(_ traceback: String, main last: String = error) {
      main = run.lane("main()", line: 20)
      let first = run.task(main).firstStep
      run.begin(first)
      run.start(main)
      worker = run.lane("worker()", by: main, line: 13)
      let task = run.task(worker, by: main)
      let gather = run.gather([task.future])
      run.suspend(main, .gather, gather)
      run.end(first)
      run.begin(task.firstStep)
      run.start(worker)
      load = run.awaitNew("load()", by: worker, line: 14)
      fail(load, error, traceback)
      fail(worker, error, "demo.py:14 worker")
      run.add(.futureResolved(task.future, .exception))
      run.add(.futureResolved(gather, .exception))
      run.end(task.firstStep)
      run.resume(main)
      fail(main, last, "demo.py:22 main")
      run.add(.runEnded(exception: run.text(last)))
    }

    private mutating func fail(_ lane: LaneID, _ exception: String, _ traceback: String) {
      let (exception, traceback) = (run.text(exception), run.text(traceback))
      run.add(.coroutineRaised(lane, exception: exception, traceback: traceback))
    }

    func why(_ lane: LaneID) -> [String] {
      Insight.why(lane, at: run.cursor, in: run.timeline)?.state.map(\.text) ?? []
    }

    /// What `load()` is told to have raised, and where.
    var place: String {
      let told = why(load).first ?? ""
      return String(
        told.dropFirst("load() failed at 0.000 s, in step 2: it raised ".count).dropLast())
    }
  }

  @Test func `a lane that failed says in which function of the program's own, and inside what`() {
    #expect(Failed("demo.py:15 load").place == Self.error + " (at line 15)")
    #expect(
      Failed("demo.py:4 parse\ndemo.py:15 load").place
        == Self.error + " (in parse() at demo.py:4, called at demo.py:15)")
    let json = "json/decoder.py:360 JSONDecoder.raw_decode\njson/__init__.py:346 loads\n"
    #expect(
      Failed(json + "demo.py:15 load").place
        == Self.error + " (at line 15, inside JSONDecoder.raw_decode() at json/decoder.py:360)")
    #expect(
      Failed(json + "demo.py:4 parse\ndemo.py:15 load").place
        == Self.error + " (in parse() at demo.py:4, inside JSONDecoder.raw_decode() at "
        + "json/decoder.py:360, called at demo.py:15)")
    for nothing in ["", "no place", "demo.py:x load"] {
      #expect(Failed(nothing).place == Self.error)
    }
    let failed = Failed("demo.py:15 load")
    #expect(failed.run.timeline.line(of: failed.load, at: failed.run.cursor) == 15)
    #expect(failed.run.timeline.line(of: failed.worker, at: failed.run.cursor) == 14)
    #expect(failed.run.timeline.line(of: failed.load, at: 0) == 0)
  }

  @Test func `who let an exception through says who raised it first`() {
    let failed = Failed("demo.py:15 load")
    let first = "load() raised it first, in step 2 (at line 15)."
    #expect(
      failed.why(failed.main) == [
        "main() failed at 0.000 s, after step 2: it raised ValueError: no (at line 22).", first,
      ])
    #expect(failed.why(failed.worker).last == first)
    #expect(failed.why(failed.load).count == 1)
    #expect(
      findings(at: failed.run.cursor, in: failed.run.timeline, standstills: []).map(\.text)
        == ["The run ended with ValueError: no: " + first.dropLast()])
  }

  @Test func `of a group it is one of those in it, and of another exception nobody`() {
    let group = Failed("demo.py:15 load", main: "ExceptionGroup: ValueError: no; KeyError: 'a'")
    #expect(
      group.why(group.main).last == "load() raised ValueError: no first, in step 2 (at line 15).")
    #expect(
      findings(at: group.run.cursor, in: group.run.timeline, standstills: []).map(\.text) == [
        "The run ended with ExceptionGroup: ValueError: no; KeyError: 'a': "
          + "load() raised ValueError: no first, in step 2 (at line 15)"
      ])
    #expect(group.run.timeline.hints(at: group.run.cursor).isEmpty)
    let other = Failed("demo.py:15 load", main: "RuntimeError: ValueError: no")
    #expect(other.why(other.main).count == 1)
    #expect(
      findings(at: other.run.cursor, in: other.run.timeline, standstills: []).map(\.text)
        == ["The run ended with RuntimeError: ValueError: no (at line 22)"])
  }
}

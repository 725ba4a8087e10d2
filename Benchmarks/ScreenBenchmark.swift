import ArgumentParser
import Demos
import Loop
import TUI
import Terminal
import Trace

/// Nanoseconds that a body takes, sorted, for many rounds.
func rounds(_ count: Int, _ body: (Int) -> Void) -> [UInt64] {
  (0..<count).map { round in
    let start = monotonicNanoseconds()
    body(round)
    return monotonicNanoseconds() - start
  }.sorted()
}

func report(_ what: String, _ times: [UInt64]) {
  func text(_ nanoseconds: UInt64) -> String {
    "\(Double(nanoseconds / 1000) / 1000) ms"
  }
  let p99 = times[min(times.count - 1, times.count * 99 / 100)]
  Swift.print("\(what): median \(text(times[times.count / 2])), 99 % within \(text(p99))")
}

/// The screen on a run of a million events and ten thousand lanes.
struct ScreenBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "The screen on a million events.")

  func run() throws {
    guard let storm = Demo.named("storm") else { return }
    let program = try storm.program(["10000", "20"])
    let header = RunHeader(
      program: ["storm"], clock: .virtual, runtime: "benchmark",
      sources: [RunHeader.SourceText(name: storm.file, text: storm.sourceText)])
    let source = LoopSource(header: header, profile: .latest) { program }
    var model = Model(size: Size(columns: 200, rows: 60), header: header, isLive: false)
    var batches: [Batch] = []
    while !source.hasEnded { batches.append(source.run(until: .max, budget: 32_768)) }
    let opening = rounds(1) { _ in
      for batch in batches { model.receive(batch, ended: true) }
    }
    let events = model.timeline.events.count
    Swift.print("\(events) events, \(model.timeline.laneCount) lanes, 200 × 60")
    report("taking all events in", opening)

    var random = SystemRandomNumberGenerator()
    report(
      "seek and draw the whole frame",
      rounds(500) { _ in
        model.show(Int(random.next() % UInt64(events)))
        _ = view(of: model)
      })
    model.show(events / 2)
    report(
      "step and draw",
      rounds(500) { _ in
        _ = model.update(.key(Key(".")))
        _ = view(of: model)
      })
    report(
      "step back and draw",
      rounds(500) { _ in
        _ = model.update(.key(Key(",")))
        _ = view(of: model)
      })
    for _ in 0..<16 { _ = model.update(.key(Key("Z"))) }
    report(
      "step and draw, zoomed out to the whole run",
      rounds(500) { _ in
        _ = model.update(.key(Key(".")))
        _ = view(of: model)
      })
  }
}

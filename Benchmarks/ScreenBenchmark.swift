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
    func press(_ key: Character, _ what: String) {
      report(
        what,
        rounds(500) { _ in
          _ = model.update(.key(Key(key)))
          _ = view(of: model)
        })
    }
    model.show(events / 2)
    press(".", "step and draw")
    press(",", "step back and draw")
    for order in ["name", "state", "busy"] {
      _ = model.update(.key(Key("s")))
      press(".", "step and draw, by \(order)")
    }
    _ = model.update(.key(Key("s")))
    model.show(events / 100)
    press(">", "an event forward and draw, while lanes are made")
    model.show(events / 2)
    for _ in 0..<16 { _ = model.update(.key(Key("Z"))) }
    press(".", "step and draw, zoomed out to the whole run")

    var live = Model(size: Size(columns: 200, rows: 60), header: header, isLive: true)
    live.play(speed: 1)
    let pieces = model.timeline.batch.inPieces(of: 40)
    report(
      "take forty events in and draw, live, while lanes are made",
      rounds(2000) { round in
        live.receive(pieces[round], ended: false)
        live.follow(realTime: Int64(round) * 1_000_000)
        _ = view(of: live)
      })
    reportPaths(header)
    for screen in OddScreen.all {
      let model = screen.model(size: Size(columns: 200, rows: 60))
      report("the whole frame, \(screen.name)", rounds(200) { _ in _ = view(of: model) })
    }
  }
}

extension ScreenBenchmark {
  /// With the path open, which for each frame is followed back as far as it ever is.
  private func reportPaths(_ header: RunHeader) {
    let source = LoopSource(header: header, profile: .latest) {
      Coroutine("main()") {
        for turn in 1...20_000 { try await sleep(Double(turn % 7) / 1000) }
      }
    }
    var model = Model(
      size: Size(columns: 200, rows: 60), header: header, isLive: false, panes: [.loop, .path])
    while !source.hasEnded { model.receive(source.run(until: .max, budget: 32_768), ended: true) }
    let events = model.timeline.events.count
    var random = SystemRandomNumberGenerator()
    report(
      "seek and draw, with a path of 10,000 parts",
      rounds(500) { _ in
        model.show(events / 2 + Int(random.next() % UInt64(events / 2)))
        _ = view(of: model)
      })
  }
}

extension Batch {
  /// The same in batches of so many events; all texts come with the first.
  fileprivate func inPieces(of count: Int) -> [Batch] {
    stride(from: 0, to: events.count, by: count).map { start in
      Batch(
        texts: start == 0 ? texts : [],
        events: Array(events[start..<min(start + count, events.count)]))
    }
  }
}

/// A screen full of texts that take more than a byte a column.
private struct OddScreen {
  let name: String
  /// What every name, every line of output and every line of source is made of.
  let word: String

  static let all = [
    OddScreen(name: "ASCII", word: "meow "), OddScreen(name: "Chinese", word: "喵喵 "),
    OddScreen(name: "emoji", word: "🐈🐟 "),
    OddScreen(name: "combining marks", word: "me\u{301}o\u{308}w "),
    OddScreen(name: "joined emoji", word: "👩‍🚀👍🏽❤️🇨🇭 "),
  ]

  func model(size: Size) -> Model {
    let text = String(repeating: word, count: 40)
    var batch = Batch(texts: ["odd.py"])
    func add(_ text: String) -> TextID {
      batch.texts.append(text)
      return TextID(UInt32(batch.texts.count))
    }
    var facts: [Fact] = []
    for lane in 1...100 {
      facts += [
        .coroutineCreated(
          LaneID(UInt32(lane)), name: add("\(lane) \(text)"), parent: .none,
          at: Site(file: TextID(1), line: UInt32(lane))),
        .output(add("\(lane) \(text)\n"), by: LaneID(UInt32(lane)), .stdout),
      ]
    }
    batch.events = facts.map { Event(time: 0, fact: $0) }
    let source = (1...100).map { "\($0) \(text)" }.joined(separator: "\n")
    var model = Model(
      size: size,
      header: RunHeader(
        program: ["odd.py"], clock: .virtual, runtime: "benchmark",
        sources: [RunHeader.SourceText(name: "odd.py", text: source)]), isLive: false)
    model.receive(batch, ended: true)
    model.show(batch.events.count)
    return model
  }
}

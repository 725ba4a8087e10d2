import Demos
import Loop
import Screen
import TUI
import Terminal
import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One use of the terminal, from the command line to the last picture.
struct Session {
  let terminal: Terminal

  /// Lets the user pick demos and watch them, until one is quit.
  func runMenu() throws {
    var name: String?
    while let demo = choose(selected: name) {
      name = demo.name
      let run = DemoRun(demo: demo, profile: demo.profile)
      let watch = Watch(run.source(), on: terminal, lesson: run.lesson, cameFromMenu: true)
      guard try watch.run(paused: true, speed: 1) == .menu else { break }
    }
    terminal.close()
  }

  /// Watches a program, live.
  func watch(
    _ source: any Source, lesson: Model.Lesson? = nil, recordingBy writer: RecordingWriter?,
    paused: Bool, speed: Double
  ) throws {
    let watch = Watch(source, on: terminal, lesson: lesson, cameFromMenu: false)
    watch.writer = writer
    _ = try watch.run(paused: paused, speed: speed)
    terminal.close()
  }

  /// Watches a recorded run.
  ///
  /// - Parameter start: all of it where it was read already, and the cursor to show first.
  func play(
    _ source: RecordingSource, from start: (timeline: Timeline, cursor: Int, time: Int64)?,
    paused: Bool, speed: Double
  ) throws {
    // A Python program may have a demo's name, and does something else.
    let isOurs = source.header.runtime.hasPrefix("loopscope")
    let demo = isOurs ? source.header.program.first.flatMap { Demo.named($0) } : nil
    let lesson = demo.map { DemoRun(demo: $0, profile: $0.profile).lesson }
    let watch = Watch(source, on: terminal, lesson: lesson, cameFromMenu: false)
    if let start { watch.load(start.timeline, showing: start.cursor, time: start.time) }
    _ = try watch.run(paused: paused, speed: speed)
    terminal.close()
  }

  private func choose(selected name: String?) -> Demo? {
    var menu = Menu(
      size: terminal.size,
      items: Demo.all.map {
        Menu.Item(name: $0.name, title: $0.title, lesson: $0.lesson, note: $0.note)
      }, selected: name)
    while true {
      terminal.show(view(of: menu))
      let wakeup = terminal.wait(until: nil)
      if let signal = wakeup.ending { terminal.end(bySignal: signal) }
      for (place, input) in wakeup.inputs.enumerated() {
        switch menu.update(input) {
        case .open(let name):
          terminal.putBack(wakeup.inputs.dropFirst(place + 1))
          return Demo.named(name)
        case .suspend:
          terminal.suspend()
          _ = menu.update(.resize(terminal.size))
        case .quit: return nil
        case .interrupt: terminal.end(bySignal: SIGINT)
        case nil: continue
        }
      }
    }
  }
}

/// Takes the terminal, or says in one sentence why there can be no screen.
func openTerminal() throws -> Terminal {
  do {
    return try Terminal.open()
  } catch {
    throw Failure("\(error)")
  }
}

/// Takes the terminal and creates the recording, if one is wanted: both or neither.
func openSession(
  recordingTo path: String?, header: RunHeader
) throws -> (Session, RecordingWriter?) {
  // First the file: a refusal then leaves the terminal alone.
  let writer = try path.map { try RecordingWriter(path: $0, header: header) }
  do {
    return (Session(terminal: try openTerminal()), writer)
  } catch {
    writer?.discard()
    throw error
  }
}

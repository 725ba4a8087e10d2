import TUI
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@MainActor struct Fixture {
  private let arguments: [String]
  private var told: [String] = []
  private var keys = 0

  init(arguments: [String]) { self.arguments = arguments }

  var options: Terminal.Options {
    var options = Terminal.Options()
    options.usesColour = !arguments.contains("colourless")
    options.usesMouse = !arguments.contains("mouseless")
    return options
  }

  private var pictureFile: String? {
    arguments.firstIndex(of: "picture").flatMap { arguments.dropFirst($0 + 1).first }
  }

  mutating func run(_ terminal: Terminal) {
    var isRunning = true
    while isRunning {
      if let file = pictureFile {
        let picture = picture(terminal.size)
        save(picture, to: file)
        terminal.show(picture)
      } else {
        terminal.show(page(terminal.size))
      }
      let wakeup = terminal.wait(until: nil)
      if let signal = wakeup.ending {
        complain("ended by signal \(signal)")
        terminal.end(bySignal: signal)
      }
      for input in wakeup.inputs {
        told.append(describe(input))
        guard case .key(let key) = input else { continue }
        keys += 1
        isRunning = isRunning && act(on: key, terminal)
      }
    }
    terminal.close()
  }

  private func describe(_ input: Input) -> String {
    switch input {
    case .key(let key):
      if case .character(let character) = key.code {
        return "key(\(names(key.modifiers))\(character))"
      }
      return "key(\(names(key.modifiers))\(key.code))"
    case .mouse(let mouse):
      return "mouse(\(mouse.kind) \(mouse.button) \(mouse.x),\(mouse.y))"
    case .paste(let text): return "paste(\(text.debugDescription))"
    case .resize(let size): return "resize(\(size.columns)x\(size.rows))"
    case .focus(let isFocused): return "focus(\(isFocused))"
    }
  }

  private func names(_ modifiers: Key.Modifiers) -> String {
    (modifiers.contains(.shift) ? "shift " : "") + (modifiers.contains(.alt) ? "alt " : "")
      + (modifiers.contains(.control) ? "control " : "")
  }

  /// - Returns: whether to go on.
  private func act(on key: Key, _ terminal: Terminal) -> Bool {
    switch key {
    case Key("q"): return false
    case Key("c", .control): terminal.end(bySignal: SIGINT)
    case Key("z", .control): terminal.suspend()
    case Key("e"):
      complain("leaving by exit")
      exit(3)
    case Key("f"): fatalError("a trap on purpose")
    case Key("a"): abort()
    case Key("p"): UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case Key("o"): complain("\(overflow(1))")
    case Key("h"):
      var frame = Frame(size: terminal.size)
      frame.text("HANGING", x: 0, y: 0)
      terminal.show(frame)
      while true { pause() }
    case Key("w"): complain("a warning meanwhile")
    case Key("W"): for line in 0..<40_000 { complain("line \(line) of a flood of warnings") }
    case Key("l", .control): terminal.redraw()
    default: break
    }
    return true
  }

  /// Needs the whole stack: each call waits for the next.
  private func overflow(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 512) { room in
      room[depth % 512] = depth
      return overflow(depth + 1) + room[0]
    }
  }

  nonisolated func complain(_ text: String) {
    let line = text + "\n"
    _ = line.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  }

  private func page(_ size: Size) -> Frame {
    var frame = Frame(size: size)
    frame.text("SIZE \(size.columns)x\(size.rows)", x: 0, y: 0, style: Style(.title))
    frame.text("RUNNING ● 日本 é", x: 0, y: 1, style: Style(.running))
    frame.text("TOLD \(keys)", x: 0, y: 2)
    for (row, line) in told.suffix(max(0, size.rows - 4)).enumerated() {
      frame.text(line, x: 0, y: row + 3, style: Style(.muted))
    }
    frame.text("LAST", x: 0, y: size.rows - 1, style: Style(.waiting, .reverse))
    return frame
  }

  private func save(_ picture: Frame, to file: String) {
    guard let stream = fopen(file, "w") else { return }
    fputs(picture.lines.joined(separator: "\n"), stream)
    fclose(stream)
  }

  /// Random glyphs in random places, the same for the same number of keys.
  private func picture(_ size: Size) -> Frame {
    var random = Scramble(state: UInt64(keys))
    var frame = Frame(size: size)
    let pieces = ["meow", "日本語", "e\u{301}a\u{308}", "👍🏽", "│─█▒", "한글", "\u{1B}[2J", "x"]
    for _ in 0..<60 {
      frame.text(
        pieces[Int.random(in: 0..<pieces.count, using: &random)],
        x: Int.random(in: -3..<max(1, size.columns), using: &random),
        y: Int.random(in: 0..<max(1, size.rows), using: &random),
        style: Style(
          Role.allCases.randomElement(using: &random) ?? .plain,
          Emphasis(rawValue: UInt8.random(in: 0..<32, using: &random))))
    }
    frame.text("KEYS \(keys) ", x: 0, y: 0)
    return frame
  }
}

/// A SplitMix64 sequence.
struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

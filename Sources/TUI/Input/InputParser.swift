/// Turns the bytes that a terminal sends into what the user did.
///
/// Bytes may come in pieces of any size: a sequence that is cut in the middle goes on with the next
/// piece. Only one thing is not in the bytes: whether an ESC is the Escape key or the start of a
/// sequence. While ``isHoldingEscape`` holds, the caller waits 25 ms for more and then calls
/// ``flushEscape()``.
package struct InputParser: Sendable {
  private enum State {
    case ground
    case escape
    case control(ControlSequence)
    /// After `ESC O`: a function or keypad key; old terminals put a modifier's digits before it.
    case singleShift(modifier: Int)
    /// After `ESC [ [`: F1 to F5 of the Linux console.
    case linuxFunction
    /// After `ESC [ M`: three bytes of an old mouse report.
    case oldMouse([UInt8])
    case utf8([UInt8], length: Int, alt: Bool)
    case paste(PasteBuffer)
    /// Inside an answer of the terminal (OSC, DCS …), which is skipped to its end. `introducer` is
    /// kept until something follows it, because Alt-] starts in the same way.
    case answer(introducer: UInt8?)
    /// An ESC inside an answer: its end with `\` after it, else the start of something else.
    case answerEnd
  }

  private var state = State.ground

  /// Whether the terminal has said that it honours synchronized updates (mode 2026).
  package private(set) var honoursSynchronizedUpdates = false

  package init() {}

  /// Whether what was read last could be a key of its own or the start of a sequence.
  package var isHoldingEscape: Bool {
    switch state {
    case .escape, .answerEnd, .singleShift(modifier: 0): true
    case .control(let sequence): sequence.isEmpty
    case .answer(let introducer): introducer != nil
    default: false
    }
  }

  /// What the bytes of one reading say, together with those held from before. O(bytes).
  ///
  /// A Ctrl-C that is read by itself ends a paste: the mark of its end has been lost, and somebody finds
  /// that no key does anything.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [Input] {
    var inputs: [Input] = []
    if case .paste = state, bytes.count == 1, bytes.first == 0x03 { state = .ground }
    for byte in bytes { take(byte, &inputs) }
    return inputs
  }

  /// Nothing followed in time: an ESC that is held was the Escape key, and a character after it was
  /// pressed with Alt.
  package mutating func flushEscape() -> [Input] {
    guard isHoldingEscape else { return [] }
    defer { state = .ground }
    switch state {
    case .control: return [.key(Key("[", .alt))]
    case .singleShift: return [.key(Key("O", .alt))]
    case .answer(let introducer?): return [.key(Key.ascii(introducer, alt: true))]
    default: return [.key(Key(.escape))]
    }
  }

  private mutating func take(_ byte: UInt8, _ inputs: inout [Input]) {
    switch state {
    case .ground: takeInGround(byte, alt: false, &inputs)
    case .escape: takeAfterEscape(byte, &inputs)
    case .control(let sequence): takeInControl(byte, sequence, &inputs)
    case .singleShift(let modifier): takeInSingleShift(byte, modifier: modifier, &inputs)
    case .linuxFunction:
      state = .ground
      let isKnown = (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(byte)
      inputs.append(.key(Key(isKnown ? .function(Int(byte) - 0x40) : .unknown)))
    case .oldMouse(var report):
      report.append(byte)
      state = report.count < 3 ? .oldMouse(report) : .ground
      if report.count == 3, let mouse = Mouse(old: report) { inputs.append(.mouse(mouse)) }
    case .utf8(let bytes, let length, let alt):
      takeInUTF8(byte, bytes, length: length, alt: alt, &inputs)
    case .paste(var buffer):
      // The buffer must not be held twice while it grows.
      state = .ground
      if buffer.append(byte) { inputs.append(.paste(buffer.text)) } else { state = .paste(buffer) }
    case .answer: takeInAnswer(byte, &inputs)
    case .answerEnd:
      if byte == UInt8(ascii: "\\") { state = .ground } else { takeAfterEscape(byte, &inputs) }
    }
  }

  private mutating func takeInGround(_ byte: UInt8, alt: Bool, _ inputs: inout [Input]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0..<0x80: inputs.append(.key(Key.ascii(byte, alt: alt)))
    case 0xC2..<0xE0: state = .utf8([byte], length: 2, alt: alt)
    case 0xE0..<0xF0: state = .utf8([byte], length: 3, alt: alt)
    case 0xF0..<0xF5: state = .utf8([byte], length: 4, alt: alt)
    default: inputs.append(.key(Key("\u{FFFD}", alt ? .alt : [])))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, _ inputs: inout [Input]) {
    switch byte {
    case UInt8(ascii: "["): state = .control(ControlSequence())
    case UInt8(ascii: "O"): state = .singleShift(modifier: 0)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .answer(introducer: byte)
    case 0x1B: inputs.append(.key(Key(.escape)))
    default: takeInGround(byte, alt: true, &inputs)
    }
  }

  private mutating func takeInControl(
    _ byte: UInt8, _ sequence: ControlSequence, _ inputs: inout [Input]
  ) {
    var sequence = sequence
    state = .ground
    switch sequence.append(byte) {
    case .more: state = .control(sequence)
    case .invalid:
      inputs.append(.key(Key(.unknown)))
      takeInGround(byte, alt: false, &inputs)
    case .end:
      switch sequence.meaning {
      case .input(let input): inputs.append(input)
      case .pasteBegan: state = .paste(PasteBuffer())
      case .oldMouse: state = .oldMouse([])
      case .linuxFunction: state = .linuxFunction
      case .mode(2026, let value): honoursSynchronizedUpdates = value == 1 || value == 2
      case .mode, .nothing: break
      }
    }
  }

  private mutating func takeInSingleShift(
    _ byte: UInt8, modifier: Int, _ inputs: inout [Input]
  ) {
    state = .ground
    switch byte {
    case 0x30...0x39: state = .singleShift(modifier: min(modifier, 9) * 10 + Int(byte & 0xF))
    case 0x40..<0x7F:
      let code = Key.Code(finalByte: byte) ?? Key.Code(keypadByte: byte) ?? .unknown
      inputs.append(.key(Key(code, Key.Modifiers(parameter: modifier))))
    default:
      inputs.append(.key(Key("O", .alt)))
      takeInGround(byte, alt: false, &inputs)
    }
  }

  private mutating func takeInUTF8(
    _ byte: UInt8, _ bytes: [UInt8], length: Int, alt: Bool, _ inputs: inout [Input]
  ) {
    let modifiers: Key.Modifiers = alt ? .alt : []
    guard byte & 0xC0 == 0x80 else {
      inputs.append(.key(Key("\u{FFFD}", modifiers)))
      takeInGround(byte, alt: false, &inputs)
      return
    }
    let bytes = bytes + [byte]
    guard bytes.count == length else {
      state = .utf8(bytes, length: length, alt: alt)
      return
    }
    state = .ground
    // Overlong forms and surrogates come out as one or more replacement characters: one is enough.
    let text = String(decoding: bytes, as: UTF8.self)
    let character = text.unicodeScalars.count == 1 ? text.first : nil
    inputs.append(.key(Key(character ?? "\u{FFFD}", modifiers)))
  }

  private mutating func takeInAnswer(_ byte: UInt8, _ inputs: inout [Input]) {
    switch byte {
    // No answer has it: this one has lost its end, and somebody waits for a key to work.
    case 0x03: takeInGround(byte, alt: false, &inputs)
    // BEL ends it, CAN and SUB give it up.
    case 0x07, 0x18, 0x1A: state = .ground
    case 0x1B: state = .answerEnd
    default: state = .answer(introducer: nil)
    }
  }
}

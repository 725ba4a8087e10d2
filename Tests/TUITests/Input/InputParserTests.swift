import TUI
import Testing
import TraceSamples

@Suite struct InputParserTests {
  /// What a terminal sends, `␛` for ESC, and what it means.
  static let table: [(String, [Input])] = [
    ("q", [.key(Key("q"))]),
    ("Q", [.key(Key("Q"))]),
    ("é日👍", [.key(Key("é")), .key(Key("日")), .key(Key("👍"))]),
    ("\u{03}", [.key(Key("c", .control))]),
    ("\u{1A}", [.key(Key("z", .control))]),
    ("\u{00}", [.key(Key(" ", .control))]),
    ("\u{1C}", [.key(Key("\\", .control))]),
    ("\t\r\n", [.key(Key(.tab)), .key(Key(.enter)), .key(Key(.enter))]),
    ("\u{7F}\u{08}", [.key(Key(.backspace)), .key(Key(.backspace))]),
    ("␛[A␛[B␛[C␛[D", [.key(Key(.up)), .key(Key(.down)), .key(Key(.right)), .key(Key(.left))]),
    ("␛OA␛OB␛OC␛OD", [.key(Key(.up)), .key(Key(.down)), .key(Key(.right)), .key(Key(.left))]),
    ("␛[H␛[F␛OH␛OF", [.key(Key(.home)), .key(Key(.end)), .key(Key(.home)), .key(Key(.end))]),
    ("␛[1~␛[4~␛[7~␛[8~", [.key(Key(.home)), .key(Key(.end)), .key(Key(.home)), .key(Key(.end))]),
    ("␛[5~␛[6~", [.key(Key(.pageUp)), .key(Key(.pageDown))]),
    ("␛[2~␛[3~", [.key(Key(.insert)), .key(Key(.delete))]),
    ("␛[Z", [.key(Key(.backTab))]),
    ("␛[1;2A", [.key(Key(.up, .shift))]),
    ("␛[1;3B", [.key(Key(.down, .alt))]),
    ("␛[1;5C", [.key(Key(.right, .control))]),
    ("␛[3;8~", [.key(Key(.delete, [.shift, .alt, .control]))]),
    ("␛OP␛OS", [.key(Key(.function(1))), .key(Key(.function(4)))]),
    ("␛O5P", [.key(Key(.function(1), .control))]),
    ("␛[[A␛[[E", [.key(Key(.function(1))), .key(Key(.function(5)))]),
    ("␛[11~␛[15~␛[17~", [1, 5, 6].map { .key(Key(.function($0))) }),
    ("␛[21~␛[23~␛[24~␛[29~␛[34~", [10, 11, 12, 16, 20].map { .key(Key(.function($0))) }),
    ("␛[1;5R", [.key(Key(.function(3), .control))]),
    ("␛OM␛Op␛Oy␛Ok", [.key(Key(.enter)), .key(Key("0")), .key(Key("9")), .key(Key("+"))]),
    ("␛x␛é␛\r", [.key(Key("x", .alt)), .key(Key("é", .alt)), .key(Key(.enter, .alt))]),
    ("␛\u{03}", [.key(Key("c", [.alt, .control]))]),
    ("␛␛[A", [.key(Key(.escape)), .key(Key(.up))]),
    ("␛[97;5u␛[27;5;98~", [.key(Key("a", .control)), .key(Key("b", .control))]),
    ("␛[9;2u␛[27u", [.key(Key(.backTab)), .key(Key(.escape))]),
    ("␛[99~␛[12;7q", [.key(Key(.unknown)), .key(Key(.unknown, [.alt, .control]))]),
    ("␛[1;2\u{03}", [.key(Key(.unknown)), .key(Key("c", .control))]),
    ("␛[1;␛[A", [.key(Key(.unknown)), .key(Key(.up))]),
    ("␛[I␛[O", [.focus(true), .focus(false)]),
    ("␛[?1;2c␛[>0;95;0c␛[?2026;0$y", []),
    ("␛]11;rgb:0000/0000/0000\u{07}a", [.key(Key("a"))]),
    ("␛]11;q\u{1B}\\a", [.key(Key("a"))]),
    ("␛P1$rq␛\\a", [.key(Key("a"))]),
    (
      "␛[<0;1;1M␛[<0;1;1m",
      [
        .mouse(Mouse(.press, .left, x: 0, y: 0)),
        .mouse(Mouse(.release, .left, x: 0, y: 0)),
      ]
    ),
    ("␛[<2;251;100M", [.mouse(Mouse(.press, .right, x: 250, y: 99))]),
    ("␛[<32;5;6M", [.mouse(Mouse(.drag, .left, x: 4, y: 5))]),
    (
      "␛[<64;5;6M␛[<65;5;6M",
      [
        .mouse(Mouse(.wheelUp, x: 4, y: 5)),
        .mouse(Mouse(.wheelDown, x: 4, y: 5)),
      ]
    ),
    ("␛[<20;5;6M", [.mouse(Mouse(.press, .left, x: 4, y: 5, modifiers: [.shift, .control]))]),
    ("␛[<66;5;6M␛[<35;5;6M␛[<128;5;6M␛[<1;2M", []),
    ("␛[<0;0;99999999999999999999M", [.mouse(Mouse(.press, .left, x: 0, y: 9_999_998))]),
    (
      "␛[M !!␛[M#!\"",
      [
        .mouse(Mouse(.press, .left, x: 0, y: 0)),
        .mouse(Mouse(.release, .none, x: 0, y: 1)),
      ]
    ),
    ("␛[M@!!", [.mouse(Mouse(.drag, .left, x: 0, y: 0))]),
    ("␛[M`!!", [.mouse(Mouse(.wheelUp, x: 0, y: 0))]),
    ("␛[200~q\u{03}␛[A é\r\nb\rc␛[201~q", [.paste("q\u{03}\u{1B}[A é\nb\nc"), .key(Key("q"))]),
    ("␛[200~␛[20␛␛[201~", [.paste("\u{1B}[20\u{1B}")]),
    ("␛[201~", []),
    // An answer without its end.
    ("␛]11;rgb:0\u{03}q", [.key(Key("c", .control)), .key(Key("q"))]),
    ("␛P1$\u{03}", [.key(Key("c", .control))]),
  ]

  static func bytes(_ text: String) -> [UInt8] {
    Array(text.replacing("␛", with: "\u{1B}").utf8)
  }

  @Test(arguments: table)
  func `what a terminal sends is understood`(sent: String, meant: [Input]) {
    var parser = InputParser()
    #expect(parser.feed(Self.bytes(sent)) == meant)
    #expect(!parser.isHoldingEscape)
  }

  @Test func `pieces of any size give the same as the whole`() {
    let whole = Self.table.flatMap { Self.bytes($0.0) }
    let meant = Self.table.flatMap(\.1)
    var random = SeededGenerator(seed: 26)
    for _ in 0..<200 {
      var parser = InputParser()
      var inputs: [Input] = []
      var rest = whole[...]
      while !rest.isEmpty {
        var piece = rest.prefix(Int.random(in: 1...9, using: &random))
        if piece == [0x03] { piece = rest.prefix(2) }  // by itself it would end a paste
        inputs += parser.feed(piece)
        rest = rest.dropFirst(piece.count)
      }
      #expect(inputs == meant)
    }
  }

  @Test func `any bytes at all are read without a trap and leave a parser that still works`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var parser = InputParser()
      let noise = (0..<300).map { _ in
        // Half of them from what sequences are made of, so that deep states are reached.
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : Array("\u{1B}[<;0123456789~MmOP?$y".utf8).randomElement(using: &random) ?? 0
      }
      _ = parser.feed(noise)
      // Ends a paste, an answer and a mouse report, whichever it was in.
      _ = parser.feed(Self.bytes("␛[201~␛\\\u{07}    "))
      _ = parser.flushEscape()
      #expect(parser.feed(Array("q".utf8)) == [.key(Key("q"))])
    }
  }

  @Test(
    arguments: [
      ([0x80], 1), ([0xFF], 1), ([0xC0, 0xAF], 2), ([0xE2, 0x82], 1), ([0xED, 0xA0, 0x80], 1),
      ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5], 1),
    ] as [([UInt8], Int)])
  func `broken UTF-8 becomes replacement characters and the next key counts`(
    bad: [UInt8], replacements: Int
  ) {
    var parser = InputParser()
    let inputs = parser.feed(bad) + parser.feed(Array("a".utf8))
    let expected = Array(repeating: Input.key(Key("\u{FFFD}")), count: replacements)
    #expect(inputs == expected + [.key(Key("a"))])
  }

  @Test(arguments: [
    ("␛", Key(.escape)), ("␛[", Key("[", .alt)), ("␛O", Key("O", .alt)), ("␛]", Key("]", .alt)),
    ("␛P", Key("P", .alt)),
  ])
  func `an escape with nothing after it is a key once its time is over`(sent: String, key: Key) {
    var parser = InputParser()
    #expect(parser.feed(Self.bytes(sent)).isEmpty)
    #expect(parser.isHoldingEscape)
    #expect(parser.flushEscape() == [.key(key)])
    #expect(!parser.isHoldingEscape)
    #expect(parser.feed(Array("q".utf8)) == [.key(Key("q"))])
  }

  @Test func `a paste whose end is lost is given up by a Ctrl-C of its own`() {
    var parser = InputParser()
    #expect(parser.feed(Self.bytes("␛[200~pasted\u{03}q")).isEmpty)
    #expect(parser.feed(Array("q".utf8)).isEmpty)
    #expect(parser.feed([0x03]) == [.key(Key("c", .control))])
    #expect(parser.feed(Array("q".utf8)) == [.key(Key("q"))])
  }

  @Test func `flushing when nothing is held gives nothing and loses nothing`() {
    var parser = InputParser()
    #expect(parser.flushEscape().isEmpty)
    #expect(parser.feed(Self.bytes("␛[1;5")).isEmpty)
    #expect(!parser.isHoldingEscape)
    #expect(parser.flushEscape().isEmpty)
    #expect(parser.feed(Array("A".utf8)) == [.key(Key(.up, .control))])
  }

  @Test(arguments: [(0, false), (1, true), (2, true), (3, false), (4, false)])
  func `synchronized updates are used only when the terminal says so`(value: Int, uses: Bool) {
    var parser = InputParser()
    #expect(!parser.honoursSynchronizedUpdates)
    #expect(parser.feed(Self.bytes("␛[?2026;\(value)$y")).isEmpty)
    #expect(parser.honoursSynchronizedUpdates == uses)
  }
}

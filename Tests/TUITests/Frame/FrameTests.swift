import TUI
import Testing

@Suite struct FrameTests {
  @Test func `text is drawn from left to right and says how many columns it used`() {
    var frame = Frame(size: Size(columns: 10, rows: 2))
    let used = frame.text("meow", x: 1, y: 0)
    frame.text("!", x: 1 + used, y: 0)
    #expect(frame.lines == [" meow!", ""])
  }

  @Test func `text is clipped at the limit and at every edge of the frame`() {
    var frame = Frame(size: Size(columns: 5, rows: 2))
    #expect(frame.text("coroutine", x: 0, y: 0, limit: 3) == 3)
    #expect(frame.text("coroutine", x: 3, y: 1) == 2)
    #expect(frame.text("task", x: -2, y: 1) == 4)
    #expect(frame.text("nowhere", x: 0, y: 2) == 0)
    #expect(frame.text("nowhere", x: 0, y: -1) == 0)
    #expect(frame.text("nowhere", x: 5, y: 0) == 0)
    #expect(frame.lines == ["cor", "sk co"])
  }

  @Test func `a wide glyph takes two columns and is left out where there is one`() {
    var frame = Frame(size: Size(columns: 5, rows: 2))
    #expect(frame.text("日本語", x: 0, y: 0) == 4)
    #expect(frame.text("日本語", x: 0, y: 1, limit: 3) == 2)
    #expect(frame.lines == ["日本", "日"])
    #expect(frame[1, 0].width == 0)
  }

  @Test func `half of a wide glyph that is drawn over becomes a blank`() {
    var frame = Frame(size: Size(columns: 6, rows: 5))
    for y in 0..<5 { frame.text("日本語", x: 0, y: y) }
    frame.text("x", x: 1, y: 0)
    frame.text("x", x: 2, y: 1)
    frame.put("x", x: 3, y: 2)
    frame.fill(Rect(x: 1, y: 3, columns: 2, rows: 1), "-")
    frame.text("é", x: 1, y: 4)
    frame.text("犬", x: 2, y: 4)
    #expect(frame.lines == [" x本語", "日x 語", "日 x語", " -- 語", " é犬語"])
  }

  @Test func `the left edge cuts a wide glyph in half and shows a blank`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.text("日x", x: -1, y: 0)
    #expect(frame.lines == [" x"])
  }

  @Test func `a rectangle is filled where it meets the frame`() {
    var frame = Frame(size: Size(columns: 5, rows: 3))
    frame.fill(Rect(x: 3, y: 1, columns: 100, rows: .max), "#", style: Style(.running))
    #expect(frame.lines == ["", "   ##", "   ##"])
    frame.fill(Rect(x: 0, y: 0, columns: 5, rows: 1), "犬")
    #expect(frame.lines[0] == "犬犬")
    let running = (0..<3).map { y in (0..<5).filter { frame[$0, y].style == Style(.running) } }
    #expect(running == [[], [3, 4], [3, 4]])
  }

  @Test(arguments: [
    Size(columns: 0, rows: 0), Size(columns: 1, rows: 1), Size(columns: -3, rows: 2),
  ])
  func `drawing anywhere in any size is clipped and never traps`(size: Size) {
    var frame = Frame(size: size)
    let far = [Int.min, -1_000_000, -2, -1, 0, 1, 2, 1_000_000, Int.max]
    for x in far {
      for y in far {
        frame.text("日本e\u{301}x", x: x, y: y)
        frame.text("x", x: x, y: y, limit: -1)
        frame.put("犬", x: x, y: y)
        for length in far {
          frame.fill(Rect(x: x, y: y, columns: length, rows: length), "犬")
        }
        _ = frame[x, y]
      }
    }
    #expect(frame.lines.count == max(0, size.rows))
  }

  @Test func `two pictures that show the same are equal however they were drawn`() {
    var one = Frame(size: Size(columns: 4, rows: 1))
    var other = one
    one.text("e\u{301}a\u{308}", x: 0, y: 0)
    other.text("a\u{308}", x: 1, y: 0)
    #expect(one != other)
    other.text("e\u{301}", x: 0, y: 0)
    #expect(one == other)
    other.text("e\u{301}", x: 0, y: 0, style: Style(.done))
    #expect(one != other)
  }

  @Test func `what changed in a row is one range that cuts no wide glyph in half`() {
    var former = Frame(size: Size(columns: 10, rows: 3))
    former.text("ab日cde\u{301}f", x: 0, y: 0)
    var frame = former
    #expect(frame.changedColumns(inRow: 0, since: former) == nil)
    frame.text("A", x: 0, y: 0)
    frame.text("D", x: 5, y: 0)
    #expect(frame.changedColumns(inRow: 0, since: former) == 0..<6)
    #expect(frame.changedColumns(inRow: 1, since: former) == nil)
    frame = former
    frame.text("x", x: 3, y: 0)
    #expect(frame.changedColumns(inRow: 0, since: former) == 2..<4)
    #expect(former.changedColumns(inRow: 0, since: frame) == 2..<4)
    frame = former
    frame.text("e\u{302}", x: 6, y: 0)
    #expect(frame.changedColumns(inRow: 0, since: former) == 6..<7)
    #expect(frame.changedColumns(inRow: 0, since: Frame(size: Size(columns: 3, rows: 3))) == 0..<10)
    #expect(frame.changedColumns(inRow: 3, since: former) == nil)
  }
}

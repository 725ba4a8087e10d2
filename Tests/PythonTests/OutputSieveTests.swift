import Testing

@testable import Python

struct OutputSieveTests {
  private let late = OutputSieve.grace * 2

  @Test func `what is told first and seen later is dropped`() {
    var sieve = OutputSieve()
    sieve.tell("one\ntw")
    sieve.tell("o\n")
    sieve.see(Array("one\ntwo\n".utf8), at: 0)
    #expect(sieve.drain(at: 0) == [])
    #expect(sieve.deadline == nil)
  }

  @Test func `what is seen first waits for being told`() {
    var sieve = OutputSieve()
    sieve.see(Array("one\n".utf8), at: 0)
    #expect(sieve.drain(at: 1) == [])
    #expect(sieve.deadline == OutputSieve.grace)
    sieve.tell("one\n")
    #expect(sieve.drain(at: 2) == [])
    #expect(sieve.drain(at: late) == [])
  }

  @Test func `what is not told in time is raw`() {
    var sieve = OutputSieve()
    sieve.see(Array("one\ntw".utf8), at: 0)
    #expect(sieve.drain(at: OutputSieve.grace) == ["one\ntw"])
    #expect(sieve.deadline == nil)
  }

  @Test(
    arguments: [
      ("before", ["told\n"], "raw\ntold\n", "raw\n"),
      ("after", ["told\n"], "told\nraw\n", "raw\n"),
      ("between lines", ["a\n", "b\n"], "a\nraw\nb\n", "raw\n"),
      ("in a line", ["told\n"], "rawtold\n", "raw"),
      ("told went elsewhere", ["gone\n", "told\n"], "told\n", ""),
      ("buffered until later", ["never\n"], "raw\n", "raw\n"),
      ("no line's end", ["> "], "> ", ""),
      ("the same again", ["x\n"], "x\nx\n", "x\n"),
      ("not one line in common", ["a\nb\n"], "c\nd\n", "c\nd\n"),
      ("characters of many bytes", ["猫\n"], "🐈\n猫\n", "🐈\n"),
    ] as [(String, [String], String, String)])
  func `raw text is told apart`(what: String, told: [String], seen: String, raw: String) {
    var sieve = OutputSieve()
    for text in told { sieve.tell(text) }
    sieve.see(Array(seen.utf8), at: 0)
    let early = sieve.drain(at: 1)
    let rest = sieve.drain(at: 2, isLast: true)
    #expect((early + rest).joined() == raw, "\(what)")
  }

  @Test func `in whatever pieces it comes, all raw text and nothing else is handed out`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var sieve = OutputSieve()
      var raw = ""
      var seen: [UInt8] = []
      for number in 0..<30 {
        if Bool.random(using: &generator) {
          sieve.tell("told \(number)\n")
          seen += "told \(number)\n".utf8
        } else {
          raw += "raw \(number)\n"
          seen += "raw \(number)\n".utf8
        }
      }
      var found = ""
      while !seen.isEmpty {
        let count = Int.random(in: 1...min(40, seen.count), using: &generator)
        sieve.see(seen.prefix(count), at: 0)
        seen.removeFirst(count)
        found += sieve.drain(at: 0).joined()
      }
      found += sieve.drain(at: 0, isLast: true).joined()
      #expect(found == raw)
    }
  }

  @Test func `a program whose stream went elsewhere fills no memory`() {
    var sieve = OutputSieve()
    for _ in 0..<10_000 { sieve.tell(String(repeating: "x", count: 1000)) }
    sieve.see(Array("raw\n".utf8), at: 0)
    #expect(sieve.drain(at: late) == ["raw\n"])
  }
}

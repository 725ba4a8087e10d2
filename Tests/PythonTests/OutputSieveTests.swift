import Testing
import TraceSamples

@testable import Python

extension OutputSieve {
  fileprivate mutating func tell(_ text: String) { tell(Array(text.utf8)) }
}

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
    var generator = SeededGenerator(seed: 1)
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

  @Test func `a long line that comes before it is told is not shown twice`() {
    var sieve = OutputSieve()
    let line = [UInt8](repeating: 120, count: 1_000_000) + [10]
    for place in stride(from: 0, to: line.count, by: 65_536) {
      sieve.see(line[place..<min(place + 65_536, line.count)], at: UInt64(place) * 1000)
      #expect(sieve.drain(at: UInt64(place) * 1000) == [])
    }
    sieve.tell(String(decoding: line, as: UTF8.self))
    #expect(sieve.drain(at: late * 10) == [])
    #expect(sieve.deadline == nil)
  }

  @Test(arguments: [1 << 20, 5 << 20, 20 << 20])
  func `a piece of many megabytes is told apart, and what stands around it`(length: Int) {
    var sieve = OutputSieve()
    let long = [UInt8](repeating: 120, count: length)
    // As the recorder tells it: in pieces of a mebibyte, all before the last of it comes.
    for place in stride(from: 0, to: length, by: 1 << 20) {
      sieve.tell(Array(long[place..<min(place + 1 << 20, length)]))
    }
    sieve.tell("\n")
    let seen = Array("raw\n".utf8) + long + Array("\nraw too\n".utf8)
    var found = ""
    for place in stride(from: 0, to: seen.count, by: 65_536) {
      sieve.see(seen[place..<min(place + 65_536, seen.count)], at: UInt64(place))
      found += sieve.drain(at: UInt64(place)).joined()
    }
    #expect(sieve.drain(at: .max).joined() == (found.isEmpty ? "raw\nraw too\n" : "raw too\n"))
    #expect(found.isEmpty || found == "raw\n")
    #expect(sieve.deadline == nil)
  }

  @Test func `a line whose end comes before that is told is not shown twice`() {
    var sieve = OutputSieve()
    let long = [UInt8](repeating: 120, count: 5 << 20)
    sieve.tell(long)
    sieve.see(long + [10], at: 0)
    #expect(sieve.drain(at: 1) == [])
    sieve.tell("\n")
    #expect(sieve.drain(at: late) == [])
    #expect(sieve.deadline == nil)
  }

  @Test func `lines of many megabytes that are told at once are found`() {
    var sieve = OutputSieve()
    let lines = (0..<200_000).map { "line \($0) of some length, as a program prints in a loop\n" }
    for text in lines { sieve.tell(text) }
    sieve.see(Array(lines.joined().utf8), at: 0)
    #expect(sieve.drain(at: 1) == [])
    #expect(sieve.deadline == nil)
  }

  @Test func `what is told as bytes is found as bytes`() {
    var sieve = OutputSieve()
    sieve.tell([99, 0xE9, 10])
    sieve.see([99, 0xE9, 10, 0xE8, 10], at: 0)
    #expect(sieve.drain(at: .max) == ["\u{FFFD}\n"])
  }

  @Test func `lines of one letter take no time to be told apart`() {
    var sieve = OutputSieve()
    let told = [UInt8](repeating: 120, count: 200_000)
    for _ in 0..<20 { sieve.tell(String(decoding: told + [121, 10], as: UTF8.self)) }
    let clock = ContinuousClock()
    let began = clock.now
    for _ in 0..<20 { sieve.see(told + [10], at: 0) }
    #expect(sieve.drain(at: late).joined().utf8.count == 20 * (told.count + 1))
    // Byte by byte at each place it would be hours.
    #expect(clock.now - began < .seconds(20))
  }

  @Test func `a line that grows for ever is shown in pieces`() {
    var sieve = OutputSieve()
    var shown = ""
    for step in 0..<40 {
      sieve.see(Array(".".utf8), at: UInt64(step) * 100_000_000)
      shown += sieve.drain(at: UInt64(step) * 100_000_000).joined()
    }
    #expect(shown.count > 20)
    shown += sieve.drain(at: .max, isLast: true).joined()
    #expect(shown == String(repeating: ".", count: 40))
  }

  @Test func `a program whose stream went elsewhere fills no memory`() {
    var sieve = OutputSieve()
    for _ in 0..<10_000 { sieve.tell(String(repeating: "x", count: 1000)) }
    sieve.see(Array("raw\n".utf8), at: 0)
    #expect(sieve.drain(at: late) == ["raw\n"])
  }
}

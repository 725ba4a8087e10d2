import Testing

@testable import Trace

struct TextTableTests {
  @Test func `a text that comes again has the identity that it had`() {
    var table = TextTable()
    let texts = (0..<10_000).map { "meow(\($0))" }
    let first = texts.map { table.intern($0) }
    let second = texts.reversed().map { table.intern($0) }
    #expect(first.map(\.rawValue) == Array(1...10_000))
    #expect(second == first.reversed())
    #expect(first.map { table[$0] } == texts)
  }

  @Test func `texts of any length are told apart`() {
    var table = TextTable()
    let texts = (0...40).flatMap { length in
      [String(repeating: "a", count: length), String(repeating: "a", count: length) + "é"]
    }
    let identities = texts.map { table.intern($0) }
    #expect(Set(identities).count == texts.count)
    #expect(identities.map { table[$0] } == texts)
    #expect(table.intern("") == .empty)
  }

  @Test func `what is added without looking is not found by looking`() {
    var table = TextTable()
    let printed = table.append("Hey!")
    let named = table.intern("Hey!")
    #expect(printed != named)
    #expect(table.intern("Hey!") == named)
    #expect(table[printed] == table[named])
    #expect(table.count == 3)
  }
}

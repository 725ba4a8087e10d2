import Testing

@testable import Trace

struct IdentityIndexTests {
  @Test
  func `identities rise, and a gap costs one entry however wide it is`() {
    var index = IdentityIndex()
    let accepted = [1, 2, 3, 3, 0, 7, 8, UInt32.max].map { index.add($0) }
    #expect(accepted == [true, true, true, false, false, true, true, true])
    #expect(index.count == 6)
    #expect((0..<6).map(index.identity(at:)) == [1, 2, 3, 7, 8, .max])
    #expect(
      [0, 1, 3, 4, 6, 7, 8, 9, UInt32.max].map { index.index(of: $0) } == [
        nil, 0, 2, nil, nil, 3, 4, nil, 5,
      ])
    let isNew = index.add(.max)
    #expect(!isNew)
  }

  @Test
  func `the first identity need not be 1`() {
    var index = IdentityIndex()
    _ = index.add(40)
    #expect(index.index(of: 1) == nil)
    #expect(index.index(of: 40) == 0)
    #expect(index.identity(at: 0) == 40)
  }
}

import Testing

@testable import Loop

struct RingBufferTests {
  @Test func `items come out in the order in which they went in, however it grows`() {
    let ring = RingBuffer<String>()
    var next = (put: 0, taken: 0)
    for round in 1...40 {
      for _ in 0..<round {
        ring.append("item \(next.put)")
        next.put += 1
      }
      for _ in 0..<round / 2 {
        #expect(ring.removeFirst() == "item \(next.taken)")
        next.taken += 1
      }
    }
    #expect(next.put > next.taken)
  }

  @Test func `items that are left are let go with it`() {
    final class Thing {}
    weak var thing: Thing?
    do {
      let ring = RingBuffer<Thing>()
      let item = Thing()
      thing = item
      ring.append(item)
    }
    #expect(thing == nil)
  }
}

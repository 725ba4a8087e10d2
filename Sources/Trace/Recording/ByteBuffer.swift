/// Bytes on their way to a file. Its `put` methods check nothing: reserve room first.
struct ByteBuffer: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { start.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  mutating func removeAll() { count = 0 }

  /// Makes room for so many bytes more. O(count) when it has to grow.
  @inline(__always) mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inline(__always) mutating func put(_ byte: UInt8) {
    start[count] = byte
    count &+= 1
  }

  @inline(__always) mutating func put(_ text: StaticString) {
    (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count &+= text.utf8CodeUnitCount
  }

  /// At most 20 bytes.
  @inline(__always) mutating func put(_ number: UInt64) {
    if number < 10 { return put(UInt8(truncatingIfNeeded: number) | 0x30) }
    let digits = Self.digits(in: number)
    var rest = number
    var at = count &+ digits
    count = at
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      at &-= 1
      start[at] = UInt8(truncatingIfNeeded: digit) | 0x30
      rest = quotient
    } while rest != 0
  }

  @inline(__always) mutating func put(_ number: Int64) {
    if number < 0 { put(UInt8(ascii: "-")) }
    put(UInt64(number.magnitude))
  }

  @inline(__always) private static func digits(in number: UInt64) -> Int {
    var digits = 1
    var power: UInt64 = 10
    while number >= power {
      digits &+= 1
      if digits == 20 { break }
      power &*= 10
    }
    return digits
  }
}

/// A number that stands for a row of numbers or texts, the same in every process.
///
/// Two rows with one number are taken for the same. By chance that does not happen; whoever writes a
/// recording that makes it happen gains that his runs look alike.
struct Hash: Equatable {
  private(set) var value: UInt64

  init(_ start: UInt64 = 0) { value = start }

  init(_ text: String) {
    var text = text
    value = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var hash = Hash(UInt64(bytes.count))
      var at = 0
      while at + 8 <= bytes.count {
        hash.add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      var rest: UInt64 = 0
      while at < bytes.count {
        rest = rest << 8 | UInt64(bytes[at])
        at += 1
      }
      hash.add(rest)
      return hash.value
    }
  }

  static func of(_ numbers: UInt64...) -> UInt64 {
    var hash = Hash()
    for number in numbers { hash.add(number) }
    return hash.value
  }

  mutating func add(_ number: UInt64) {
    let product = (value ^ number ^ 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    // The sum keeps a row of equal numbers from being none.
    value = (product.high ^ product.low) &+ value.rotated &+ 0x632B_E59B_D9B4_E019
  }
}

extension UInt64 {
  fileprivate var rotated: UInt64 { self << 23 | self >> 41 }
}

/// Where texts of a table stand: a hash table of 8 bytes a place, which leaves the texts where they
/// are.
///
/// A dictionary would keep a second copy of each, and hash each text that is new twice, with a
/// function that withstands an adversary. Here there is none: a program that records itself chooses
/// its own texts. That was half of what it costs to record a coroutine.
struct TextIndex: Sendable {
  private struct Place {
    var hash: UInt32 = 0
    /// `.empty` where the place is free: nobody looks for the empty text.
    var id = TextID.empty
  }

  /// Their number is a power of two, and at least half of them are free.
  private var places = [Place](repeating: Place(), count: 64)
  private var count = 0

  /// Finds a text, or adds it under the identity that it gets if it is new. O(length).
  ///
  /// - Parameter texts: those of the table, by identity.
  mutating func find(_ text: String, among texts: [String], orAdd new: TextID) -> TextID {
    let hash = Self.hash(of: text)
    var at = Int(hash) & (places.count - 1)
    while places[at].id != .empty {
      let place = places[at]
      if place.hash == hash, texts[Int(place.id.rawValue)] == text { return place.id }
      at = (at + 1) & (places.count - 1)
    }
    places[at] = Place(hash: hash, id: new)
    count += 1
    if count * 2 > places.count { grow() }
    return new
  }

  private mutating func grow() {
    let old = places
    places = [Place](repeating: Place(), count: old.count * 2)
    for place in old where place.id != .empty {
      var at = Int(place.hash) & (places.count - 1)
      while places[at].id != .empty { at = (at + 1) & (places.count - 1) }
      places[at] = place
    }
  }

  /// Folds eight bytes at a time by a long multiplication.
  private static func hash(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var hash = UInt64(bytes.count)
      var at = 0
      while at + 8 <= bytes.count {
        hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      var rest: UInt64 = 0
      while at < bytes.count {
        rest = rest << 8 | UInt64(bytes[at])
        at += 1
      }
      return UInt32(truncatingIfNeeded: fold(hash ^ rest))
    }
  }

  private static func fold(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}

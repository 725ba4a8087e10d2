import Trace

/// What a child writes to one of its streams, and what of it only the pipe knows.
struct ChildPipe {
  let descriptor: Int32
  let stream: Trace.Stream
  var sieve = OutputSieve()
  private(set) var isOpen = true

  init(descriptor: Int32, stream: Trace.Stream) {
    self.descriptor = descriptor
    self.stream = stream
  }

  /// Reads what is there, up to a number of bytes.
  ///
  /// - Returns: whether there may be more at once.
  mutating func read(atMost limit: Int, by room: inout [UInt8]) -> Bool {
    var left = limit
    while left > 0 {
      switch room.withUnsafeMutableBytes({ Descriptor.read(descriptor, into: $0) }) {
      case .bytes(let count):
        left -= count
        sieve.see(room[..<count], at: monotonic())
      case .nothingYet: return false
      case .end:
        isOpen = false
        return false
      }
    }
    return true
  }
}

import CZlib

/// Expands gzip, several members one after the other too.
final class Inflater {
  // Allocated, because zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Whether the bytes so far make whole members, so that the file may end here.
  private(set) var isBetweenMembers = false

  /// Asks zlib for a gzip wrapper around the largest window.
  private static var gzipWindow: Int32 { 15 + 16 }

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Expands some bytes.
  ///
  /// - Returns: how many were used, how many were made of them, and whether they were gzip.
  func inflate(
    _ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) -> (used: Int, made: Int, isValid: Bool) {
    if isBetweenMembers { inflateReset(stream) }
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(clamping: room.count)
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    isBetweenMembers = status == Z_STREAM_END
    return (
      bytes.count - Int(stream.pointee.avail_in),
      room.count - Int(stream.pointee.avail_out),
      status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR
    )
  }
}

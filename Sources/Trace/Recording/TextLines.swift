/// The lines of a text file, which may be compressed with gzip. O(bytes).
package func textLines(ofFile path: String) throws(RecordingError) -> [String] {
  var reader = try LineReader(path: path)
  var lines: [String] = []
  while case .line(let start, let count, _) = reader.next() {
    lines.append(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
  }
  return lines
}

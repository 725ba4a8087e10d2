#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension [RunHeader.SourceText] {
  /// The text of a Swift file, by the name by which its coroutines know it.
  ///
  /// - Parameter path: the file that calls this, unless another one is named.
  /// - Returns: nothing if it cannot be read, since the program runs elsewhere than it was built.
  public static func file(_ path: String = #filePath) -> Self {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      text += chunk[..<count]
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return [RunHeader.SourceText(name: name, text: String(decoding: text, as: UTF8.self))]
  }
}

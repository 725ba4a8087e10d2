#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Scenario {
  /// Reads a scenario from a file.
  package init(path: String) throws(ScenarioError) {
    guard let file = fopen(path, "r") else {
      throw ScenarioError("\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = fread(&room, 1, room.count, file)
      guard count > 0 else { break }
      bytes += room[..<count]
    }
    try self.init(json: String(decoding: bytes, as: UTF8.self))
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Scenario {
  /// Reads a scenario from a file.
  package init(path: String) throws(ScenarioError) {
    try self.init(json: Self.text(ofFile: path))
  }

  /// Reads a file of scenarios, one a line.
  package static func all(inFile path: String) throws(ScenarioError) -> [Scenario] {
    var scenarios: [Scenario] = []
    for line in try text(ofFile: path).split(separator: "\n") {
      scenarios.append(try Scenario(json: String(line)))
    }
    return scenarios
  }

  package static func text(ofFile path: String) throws(ScenarioError) -> String {
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
    return String(decoding: bytes, as: UTF8.self)
  }
}

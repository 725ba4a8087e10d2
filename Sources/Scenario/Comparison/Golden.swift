import Trace

/// What CPython once did with a scenario or a program, kept as text.
package struct Golden: Equatable, Sendable {
  /// So many lines of a program are kept.
  package static let longest = 2000

  package let name: String
  package let lines: [String]

  package init(name: String, lines: [String]) {
    self.name = name
    self.lines = lines.map { $0.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") }
  }

  private init(name: String, readLines lines: [String]) {
    self.name = name
    self.lines = lines
  }

  /// As it stands in a file: a line with its name, and then its own.
  package var text: String { "# \(name)\n" + lines.map { $0 + "\n" }.joined() }

  /// All of a file, which may be compressed.
  package static func all(inFile path: String) throws -> [Golden] {
    var goldens: [Golden] = []
    var name: String?
    var lines: [String] = []
    for line in try textLines(ofFile: path) {
      if line.hasPrefix("# ") {
        if let name { goldens.append(Golden(name: name, readLines: lines)) }
        name = String(line.dropFirst(2))
        lines = []
      } else {
        lines.append(line)
      }
    }
    if let name { goldens.append(Golden(name: name, readLines: lines)) }
    return goldens
  }
}

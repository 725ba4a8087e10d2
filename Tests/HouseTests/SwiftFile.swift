import Foundation

/// The folder that holds Package.swift.
let projectRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// One Swift file of the project.
struct SwiftFile: Sendable, CustomStringConvertible {
  /// From the project's root: `Sources/Loop/EventLoop.swift`.
  let path: String
  let text: String

  var description: String { path }

  /// The folder that stands for its module: the one below Sources or Tests, else the first.
  var module: String {
    let parts = path.split(separator: "/")
    let isNested = ["Sources", "Tests", "Benchmarks"].contains(parts[0]) && parts.count > 2
    return String(parts[isNested ? 1 : 0])
  }

  var lineCount: Int { text.count { $0 == "\n" } }

  /// The modules that it imports, with everything that may stand before the word.
  var imports: [String] {
    code(of: text).split(separator: "\n").compactMap { line in
      let words = line.split { $0 == " " || $0 == "." }
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
      let rest = words[(place + 1)...].drop { kinds.contains($0) }
      return rest.first.map(String.init)
    }
  }

  /// Every Swift file below some folders, sorted by path.
  static func all(in folders: [String]) throws -> [SwiftFile] {
    try projectFiles().filter { path in
      path.hasSuffix(".swift") && folders.contains { path.hasPrefix($0 + "/") || path == $0 }
    }.map { path in
      SwiftFile(
        path: path,
        text: try String(contentsOf: projectRoot.appending(path: path), encoding: .utf8))
    }
  }

  static let project = Result {
    try all(in: ["Sources", "demos", "Tests", "Benchmarks", "Package.swift"])
  }
}

/// Every file of the project from its root, without what git, builds and editors keep there.
func projectFiles() throws -> [String] {
  let root = projectRoot.path(percentEncoded: false)
  let hidden: Set<Substring> = [".ci", ".gitignore", ".swift-format"]
  guard let walk = FileManager.default.enumerator(atPath: root) else { return [] }
  var files: [String] = []
  while let path = walk.nextObject() as? String {
    let first = path.prefix { $0 != "/" }
    let isOurs =
      (!first.hasPrefix(".") || hidden.contains(first)) && !path.hasSuffix("__pycache__")
    if walk.fileAttributes?[.type] as? FileAttributeType == .typeDirectory {
      if !isOurs { walk.skipDescendants() }
    } else if isOurs {
      files.append(path)
    }
  }
  return files.sorted()
}

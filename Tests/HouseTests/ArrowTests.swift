import Testing

/// Who may import whom: the arrows of ARCHITECTURE.md.
@Suite struct ArrowTests {
  /// What each module may import of ours, and of others. A new module is entered here on purpose.
  static let allowed: [String: Set<String>] = [
    "Trace": ["CZlib"],
    "Loop": ["Trace", "DequeModule", "HeapModule", "Synchronization"],
    "demos": ["Loop", "CDemoText"],
    "Python": ["Trace", "CRecorderText", "Synchronization"],
    "Insight": ["Trace"],
    "Scenario": ["CScenarioText", "Loop", "Python", "Trace"],
    "conformance": ["ArgumentParser", "Python", "Scenario", "Trace"],
    "TUI": ["Trace", "Insight"],
    "Export": ["CPageText", "Trace", "Insight", "TUI"],
    "Terminal": ["TUI", "CNcurses", "CTerminal"],
    "Screen": ["Loop", "TUI", "Terminal", "Trace"],
    "loopscope": [
      "ArgumentParser", "Demos", "Export", "Insight", "Loop", "Python", "Screen", "Terminal",
      "Trace", "TUI",
    ],
  ]

  /// The C library of the system.
  static let system: Set<String> = ["Glibc", "Darwin"]

  /// Folders of C, which no Swift file stands in.
  static let foldersOfC: Set<String> = [
    "CDemoText", "CNcurses", "CPageText", "CRecorderText", "CScenarioText", "CTerminal", "CZlib",
  ]

  @Test(arguments: allowed.keys.sorted())
  func `a module imports nothing but what stands below it`(module: String) throws {
    let files = try SwiftFile.all(in: [module == "demos" ? "demos" : "Sources/\(module)"])
    #expect(!files.isEmpty)
    let allowed = try #require(Self.allowed[module]).union(Self.system)
    for file in files {
      for name in file.imports where !allowed.contains(name) {
        Issue.record("\(file) imports \(name), which may not stand below \(module)")
      }
    }
  }

  @Test func `every module has its place`() throws {
    let modules = Set(try SwiftFile.all(in: ["Sources"]).map(\.module))
    #expect(modules.subtracting(Self.allowed.keys) == [])
    let folders = Set(
      try projectFiles().filter { $0.hasPrefix("Sources/") }
        .map { String($0.split(separator: "/")[1]) })
    #expect(folders.subtracting(modules) == Self.foldersOfC)
  }

  @Test func `no module stands below itself`() {
    var open = Self.allowed.mapValues { $0.map { $0 == "Demos" ? "demos" : $0 } }
    while let free = open.first(where: { $0.value.allSatisfy { open[$0] == nil } })?.key {
      open[free] = nil
    }
    #expect(open.keys.sorted() == [])
  }

  @Test func `only Terminal knows ncurses`() throws {
    for file in try SwiftFile.project.get() where file.module != "Terminal" {
      #expect(!file.imports.contains("CNcurses") && !file.imports.contains("CTerminal"), "\(file)")
    }
  }

  @Test func `nothing imports the executable`() throws {
    for file in try SwiftFile.project.get() {
      #expect(!file.imports.contains("loopscope"), "\(file)")
    }
  }

  @Test(
    arguments: [
      ("import Trace", "Trace"), ("package import TUI", "TUI"), ("@testable import Loop", "Loop"),
      ("  import struct Foundation.Data", "Foundation"),
      ("public import HeapModule // x", "HeapModule"),
      ("// import Loop", nil), ("let text = \"import Loop\"", nil),
    ] as [(String, String?)])
  func `an import is seen however it is written`(line: String, module: String?) {
    #expect(SwiftFile(path: "Sources/X/Y.swift", text: line).imports.first == module)
  }
}

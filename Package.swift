// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Arrows point one way; `Tests/HouseTests` reads the import lines and holds them there.
let package = Package(
  name: "loopscope",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Loop", targets: ["Loop"]),
    .library(name: "Trace", targets: ["Trace"]),
    .library(name: "Screen", targets: ["Screen"]),
    .executable(name: "loopscope", targets: ["loopscope"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // System libraries and the little C that signal handlers need.
    .systemLibrary(
      name: "CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "CTerminal",
      cSettings: [
        .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
      ]),

    // What happened, and the machine that makes it happen.
    .target(name: "Trace", dependencies: ["CZlib"], swiftSettings: swift),
    .target(
      name: "Loop",
      dependencies: [
        "Trace", .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: swift),
    .target(
      name: "Demos", dependencies: ["Loop", "CDemoText"], path: "demos",
      exclude: ["python", "recordings"],
      swiftSettings: swift),
    .target(name: "CDemoText"),
    .target(
      name: "Python", dependencies: ["Trace", "CRecorderText"], exclude: ["Recorder"],
      swiftSettings: swift),
    .target(name: "CRecorderText"),

    // What it means, how it looks, and the screen that shows it.
    .target(name: "Insight", dependencies: ["Trace"], swiftSettings: swift),
    .target(name: "TUI", dependencies: ["Trace", "Insight"], swiftSettings: swift),
    .target(
      name: "Export", dependencies: ["Trace", "Insight", "TUI", "CPageText"], exclude: ["Page"],
      swiftSettings: swift),
    .target(name: "CPageText"),
    .target(
      name: "Terminal", dependencies: ["TUI", "CNcurses", "CTerminal"], swiftSettings: swift),
    .target(
      name: "Screen", dependencies: ["Loop", "Terminal", "Trace", "TUI"], swiftSettings: swift),
    .executableTarget(
      name: "loopscope",
      dependencies: [
        "Demos", "Export", "Loop", "Insight", "Python", "Screen", "Terminal", "Trace", "TUI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),

    // Random asyncio programs on our loop and on CPython, decision by decision.
    .target(
      name: "Scenario", dependencies: ["CScenarioText", "Loop", "Python", "Trace"],
      exclude: ["Resources"], swiftSettings: swift),
    .target(name: "CScenarioText"),
    .executableTarget(
      name: "conformance",
      dependencies: [
        "Python", "Scenario", "Trace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),

    // Measures; `make bench` runs it.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Demos", "Loop", "Python", "TUI", "Terminal", "Trace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks",
      exclude: ["python", "python_recorder.py", "python_viztracer.py", "requirements.txt"],
      swiftSettings: swift),

    .target(name: "GoldenSupport", path: "Tests/GoldenSupport", swiftSettings: swift),
    .testTarget(
      name: "TUITests",
      dependencies: ["Demos", "GoldenSupport", "Loop", "TUI", "Trace", "TraceSamples"],
      exclude: ["Goldens"], swiftSettings: swift),

    .testTarget(
      name: "ExportTests",
      dependencies: [
        "Export", "GoldenSupport", "Insight", "TmuxSupport", "Trace", "TraceSamples", "TUI",
      ],
      exclude: ["Goldens"], swiftSettings: swift),

    // A real terminal for tests, and a program that dies in it in every way.
    .target(name: "TmuxSupport", path: "Tests/TmuxSupport", swiftSettings: swift),
    .executableTarget(
      name: "TerminalFixture", dependencies: ["Terminal", "TUI"],
      path: "Tests/Fixtures/TerminalFixture", swiftSettings: swift),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Terminal", "TerminalFixture", "TmuxSupport", "Trace", "TUI"],
      swiftSettings: swift),

    // Runs written by hand or at random, for the tests of everything that reads a trace.
    .target(
      name: "TraceSamples", dependencies: ["Trace"], path: "Tests/TraceSamples",
      swiftSettings: swift),
    .testTarget(
      name: "TraceTests", dependencies: ["Trace", "TraceSamples"], swiftSettings: swift),
    .testTarget(
      name: "InsightTests", dependencies: ["Insight", "Trace", "TraceSamples"],
      swiftSettings: swift),
    .testTarget(name: "LoopTests", dependencies: ["Loop", "Trace"], swiftSettings: swift),

    // The examples of docs/loop.md.
    .testTarget(
      name: "GuideTests", dependencies: ["LanesFixture", "Loop", "TmuxSupport", "Trace"],
      swiftSettings: swift),
    .executableTarget(
      name: "LanesFixture", dependencies: ["Loop", "Screen"], path: "Tests/Fixtures/LanesFixture",
      swiftSettings: swift),
    .testTarget(
      name: "DemoTests",
      dependencies: [
        "Demos", "GoldenSupport", "Loop", "Python", "PythonSupport", "TmuxSupport", "Trace",
      ],
      exclude: ["Goldens", "Support/run_twins.py"],
      swiftSettings: swift),

    // The interpreters of this machine, and packages from PyPI where it can be reached.
    .target(
      name: "PythonSupport", dependencies: ["Python", "TmuxSupport"], path: "Tests/PythonSupport",
      swiftSettings: swift),
    .testTarget(
      name: "PythonTests",
      dependencies: ["Insight", "Python", "PythonSupport", "TmuxSupport", "Trace", "TraceSamples"],
      exclude: ["applications", "corpus", "recorder"],
      swiftSettings: swift),

    .testTarget(
      name: "ScenarioTests",
      dependencies: [
        "Demos", "Loop", "Python", "PythonSupport", "Scenario", "TmuxSupport", "Trace",
      ],
      exclude: ["Goldens", "corpus.jsonl"], swiftSettings: swift),

    // The house's own rules, and the built program in a real terminal.
    .testTarget(
      name: "HouseTests", dependencies: ["Loop", "Python", "TmuxSupport"], swiftSettings: swift),
    .testTarget(
      name: "EndToEnd",
      dependencies: [
        "Demos", "GoldenSupport", "Python", "PythonSupport", "TmuxSupport", "Trace",
        "TraceSamples", "loopscope",
      ],
      exclude: ["Goldens", "damage"], swiftSettings: swift),
  ]
)

import ArgumentParser
import Python

/// What runs a workload: a column of the table.
enum Runtime: String, CaseIterable, ExpressibleByArgument {
  case loop
  case memory
  case file
  case asyncio
  case uvloop

  var title: String {
    switch self {
    case .loop: "Loop"
    case .memory: "to memory"
    case .file: "to a file"
    case .asyncio: "CPython"
    case .uvloop: "uvloop"
    }
  }

  /// The program that runs a workload and prints its nanoseconds; nil where this machine lacks it.
  func program(_ workload: Workload, scale: Double, python: PythonRuntime?) -> Program? {
    switch self {
    case .loop: .own(["workload", workload.name, "off", "\(scale)"])
    case .memory: .own(["workload", workload.name, "memory", "\(scale)"])
    case .file: .own(["workload", workload.name, "file", "\(scale)"])
    case .asyncio: python.map { $0.program(workload, scale, on: self, by: $0.interpreter.path) }
    case .uvloop:
      python.flatMap { python in
        python.withUvloop.map { python.program(workload, scale, on: self, by: $0) }
      }
    }
  }
}

extension PythonRuntime {
  fileprivate func program(
    _ workload: Workload, _ scale: Double, on runtime: Runtime, by executable: String
  ) -> Program {
    Program(
      path: executable,
      arguments: [
        "-B", Self.folder + "/workload.py", workload.name, "\(scale)", runtime.rawValue,
      ])
  }
}

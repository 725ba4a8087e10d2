import Foundation

/// A program that is run to its end in a process of its own.
struct Program {
  let path: String
  let arguments: [String]

  /// - Returns: what it printed on stdout, nil if it failed; what it said of that is on stderr.
  func output() -> String? {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// This very program.
  static func own(_ arguments: [String]) -> Program {
    Program(path: Bundle.main.executablePath ?? CommandLine.arguments[0], arguments: arguments)
  }
}

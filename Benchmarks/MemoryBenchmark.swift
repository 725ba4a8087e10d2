import ArgumentParser
import Foundation
import Loop
import Python
import Trace

/// What a sleeping task costs in memory.
struct MemoryBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Memory of a sleeping task.")

  @Option(help: "How many tasks sleep.")
  var tasks = 100_000

  @Option(help: "The Python interpreter; CPython 3.13 is looked for otherwise.")
  var python: String?

  func run() throws {
    let own = try Self.ofLoop(tasks: tasks)
    var table = Table(["\(tasks) sleeping tasks", "bytes a task"])
    table.add(["Loop", "\(own)"])
    if let python = try PythonRuntime(named: python) {
      for name in ["asyncio", "uvloop"] {
        let path = name == "asyncio" ? python.interpreter.path : python.withUvloop
        let script = PythonRuntime.folder + "/memory.py"
        let bytes = path.flatMap {
          Program(path: $0, arguments: ["-B", script, "\(tasks)", name]).output()
        }
        table.add([name, bytes ?? "none"])
      }
    }
    Swift.print(table.text)
  }

  /// Bytes of resident memory for each of so many sleeping tasks, with their timers.
  static func ofLoop(tasks: Int) throws -> Int {
    func sleeper() -> Coroutine<Void> { Coroutine("sleeper()") { try await sleep(1) } }
    func main() -> Coroutine<Int> {
      Coroutine("main()") {
        // What the loop needs once, and not for each task, is there before it is measured.
        try await createTask(sleeper())()
        let before = residentMemory()
        for _ in 0..<tasks { createTask(sleeper()) }
        try await sleep(0.5)
        return (residentMemory() - before) / tasks
      }
    }
    let loop = EventLoop(clock: .virtual)
    // The tasks still sleep when the loop is closed, and are not missed.
    loop.setExceptionHandler { _, _ in }
    defer { loop.close() }
    return try loop.runUntilComplete(main())
  }
}

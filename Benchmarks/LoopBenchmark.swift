import ArgumentParser
import Loop
import Python

/// The six workloads on our loop, on CPython's asyncio and on uvloop, side by side.
struct LoopBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loop", abstract: "The same workloads on Loop, asyncio and uvloop.",
    discussion: """
      Times are medians of processor time, each run in a process of its own and the columns in \
      turn, so that a busy machine harms all alike. asyncio runs on a virtual clock as Loop does; \
      uvloop has none and really sleeps, which costs no processor time.
      """)

  @Option(name: .shortAndLong, parsing: .upToNextOption, help: "Run these workloads alone.")
  var workload: [String] = Workload.all.map(\.name)

  @Option(name: .shortAndLong, parsing: .upToNextOption, help: "Run these columns alone.")
  var only: [Runtime] = Runtime.allCases

  @Option(name: .shortAndLong, help: "How often each is run.")
  var rounds = 5

  @Option(help: "Make every workload larger or smaller by this factor.")
  var scale = 1.0

  @Option(help: "The Python interpreter; CPython 3.13 is looked for otherwise.")
  var python: String?

  func validate() throws {
    for name in workload where Workload.named(name) == nil {
      let known = Workload.all.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no workload '\(name)': \(known).")
    }
    guard rounds > 0, scale > 0 else { throw ValidationError("Rounds and scale start above 0.") }
  }

  func run() throws {
    let needsPython = only.contains(.asyncio) || only.contains(.uvloop)
    let python = needsPython ? try PythonRuntime(named: python) : nil
    let workloads = workload.compactMap { Workload.named($0) }
    var times: [String: [Runtime: [UInt64]]] = [:]
    for round in 1...rounds {
      for workload in workloads {
        progress("round \(round) of \(rounds): \(workload.title)")
        for runtime in only {
          guard let program = runtime.program(workload, scale: scale, python: python),
            let nanoseconds = program.output().flatMap({ UInt64($0) })
          else { continue }
          times[workload.name, default: [:]][runtime, default: []].append(nanoseconds)
        }
      }
    }
    if needsPython {
      Swift.print(
        python.map { "CPython \($0.interpreter.version)" } ?? "There is no CPython 3.13 here.")
      if let python, python.withUvloop == nil { Swift.print("There is no uvloop here.") }
    }
    show(workloads, times.mapValues { $0.mapValues(median) })
  }

  private func show(_ workloads: [Workload], _ medians: [String: [Runtime: UInt64]]) {
    var table = Table(
      [
        "workload"
      ] + only.map { "\($0.title), ms" } + ["× CPython", "× uvloop", "to a file × CPython"])
    for workload in workloads {
      let times = medians[workload.name] ?? [:]
      func ratioOf(_ slow: Runtime, to fast: Runtime) -> String {
        guard let a = times[slow], let b = times[fast] else { return "none" }
        return ratio(a, b)
      }
      table.add(
        [workload.title] + only.map { times[$0].map { "\($0 / 1_000_000)" } ?? "none" } + [
          ratioOf(.asyncio, to: .loop), ratioOf(.uvloop, to: .loop), ratioOf(.asyncio, to: .file),
        ])
    }
    Swift.print(table.text)
  }
}

/// One workload in this process: what ``LoopBenchmark`` starts.
struct WorkloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workload", abstract: "Run one workload and print its nanoseconds.")

  @Argument(help: "Which one.") var name: String
  @Argument(help: "What to record: off, memory or file.") var recording = "off"
  @Argument(help: "1 for the full size.") var scale = 1.0

  func run() throws {
    guard let workload = Workload.named(name), let recording = Recording(rawValue: recording) else {
      throw ValidationError("There is no workload '\(name)' or recording '\(recording)'.")
    }
    Swift.print(try recording.time(workload, scale: scale))
  }
}

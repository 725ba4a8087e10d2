/// How the program's process stands.
extension PythonSource {
  package var ending: String? { hasEnded ? process.end?.description : nil }

  /// The same as the end of a sentence: "exit status 1", "SIGKILL"; nil while it runs.
  package var cause: String? { hasEnded ? process.end?.cause : nil }

  package var hasSucceeded: Bool { hasEnded && process.end == .exited(status: 0) }

  package var stopped: String? {
    hasEnded ? nil : process.stop.map { "stopped by \(ProcessEnd.name(of: $0))" }
  }
}

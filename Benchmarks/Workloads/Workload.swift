import Loop

/// A program that each event loop runs: written once in Swift here and once in `python/`.
struct Workload: Sendable {
  /// The name on the command line, and that of the Python file.
  let name: String
  let title: String
  /// - Parameter scale: 1 for the full size.
  let main: @Sendable (_ scale: Double) -> Coroutine<Void>

  static let all = [yields, sleeps, gather, queue, lock, spawn]

  static func named(_ name: String) -> Workload? { all.first { $0.name == name } }
}

/// A number of tasks or items at a scale, at least 1.
func scaled(_ count: Int, _ scale: Double) -> Int {
  max(1, Int((Double(count) * scale).rounded()))
}

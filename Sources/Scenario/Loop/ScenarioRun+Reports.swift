import Loop

/// The exception handler of a scenario.
extension ScenarioRun {
  /// Sets a callback, or none, as the exception handler. It does not hear of what is found when
  /// memory is given back: when that is, is no decision of asyncio's.
  func setExceptionHandler(_ name: Node) throws {
    guard name != .null else { return loop.setExceptionHandler(nil) }
    let callback = try callback(name)
    loop.setExceptionHandler { [self] _, context in
      guard !Self.lossReports.contains(where: { context.message.contains($0) }) else { return }
      // CPython raises RecursionError at some depth.
      guard reports.count < Self.mostReports else { return reportsWithoutEnd = true }
      reports.append(context)
      defer { reports.removeLast() }
      try callback.body()
    }
  }

  private static let mostReports = 50
  private static let lossReports = ["was never retrieved", "was destroyed but it is pending"]

  /// The exception handler alone can be called while the loop does not run: when the end reports
  /// what the tasks that it has cancelled threw.
  func requireRunningLoop() throws {
    guard loop.isRunning else { throw RuntimeError("no running event loop") }
  }

  /// What the exception handler that runs now was told, without what names places in files.
  var reported: Value {
    guard let report = reports.last else { return .none }
    let error = report.exception.map { ": \(Value.error($0).text)" } ?? ""
    return .text(plainReport(report.message) + error)
  }
}

/// `ExceptionGroup`: several errors that were raised together, as a ``LoopTaskGroup`` does.
public struct ExceptionGroup: PythonError {
  /// What is common to them.
  public let title: String
  /// At least one; groups may be among them.
  public let exceptions: [any Error]

  public init(_ title: String, _ exceptions: [any Error]) {
    self.title = title
    self.exceptions = exceptions
  }

  /// Mirrors `BaseExceptionGroup.__str__`.
  public var message: String {
    "\(title) (\(exceptions.count) sub-exception\(exceptions.count == 1 ? "" : "s"))"
  }

  public var repr: String { "ExceptionGroup(\(pythonText(title)), \(pythonText(exceptions)))" }

  /// Mirrors `except*`: parts the errors that a test picks from the others, down to the leaves.
  ///
  /// - Returns: the two groups, each nil where it would be empty.
  public func split(_ picks: (any Error) -> Bool) -> (match: Self?, rest: Self?) {
    var match: [any Error] = []
    var rest: [any Error] = []
    for error in exceptions {
      if let group = error as? ExceptionGroup {
        let (inner, others) = group.split(picks)
        if let inner { match.append(inner) }
        if let others { rest.append(others) }
      } else if picks(error) {
        match.append(error)
      } else {
        rest.append(error)
      }
    }
    return (Self(title, nonEmpty: match), Self(title, nonEmpty: rest))
  }

  private init?(_ title: String, nonEmpty exceptions: [any Error]) {
    guard !exceptions.isEmpty else { return nil }
    self.init(title, exceptions)
  }
}

/// The text with which the end of a coroutine or a run is recorded. Of a group it tells what is in it,
/// the first four of each group, down to the third one.
func recordedText(of error: any Error, depth: Int = 0) -> String {
  guard let group = error as? ExceptionGroup else { return text(of: error) }
  let shown = depth < 3 ? group.exceptions.prefix(4) : []
  let told = shown.map { recordedText(of: $0, depth: depth + 1) }
  let more = shown.count < group.exceptions.count ? ["…"] : []
  return "ExceptionGroup: " + (told + more).joined(separator: "; ")
}

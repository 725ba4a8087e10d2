import TUI
import Testing

/// Expects two frames to be equal, and shows the first line in which they are not: a frame as a
/// value is too large to read.
func expectSame(
  _ actual: Frame, _ expected: Frame, _ comment: String,
  at location: SourceLocation = #_sourceLocation
) {
  guard actual != expected else { return }
  let pairs = zip(actual.lines, expected.lines).enumerated()
  let text =
    pairs.first { $0.element.0 != $0.element.1 }
    .map { "line \($0.offset):\n- \($0.element.1)\n+ \($0.element.0)" }
    ?? "the same text in other styles, or another size"
  Issue.record("\(comment): \(text)", sourceLocation: location)
}

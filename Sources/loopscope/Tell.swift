import Insight
import Loop

/// Writes a message to stderr, as all of them are. What the user typed may be in it, or what a
/// program said: nothing of that may steer the terminal.
func tell(_ message: String) {
  let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
  let text = lines.map { plain(String($0)) }.joined(separator: "\n")
  writeToStandardStreams(text + "\n", .stderr)
}

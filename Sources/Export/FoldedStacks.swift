import Insight
import Trace

/// How often each stack was seen, a line each, the outermost function first, as flame graphs are drawn from:
/// `main (app.py:30);fetch (app.py:11);parse (app.py:4) 6`.
struct FoldedStacks {
  let timeline: Timeline

  /// - Throws: an ``ExportError`` where the recording has no stacks.
  func write(to pieces: inout TextPieces) throws {
    guard !timeline.stackSamples.isEmpty else {
      throw ExportError(
        "The recording has no stacks. One that has: loopscope record -o run.jsonl python --stacks app.py"
      )
    }
    var stacks = Tally<TextID>()
    for event in timeline.stackSamples {
      if case .stackSampled(_, let stack, _) = timeline.events[event].fact { stacks.add(stack) }
    }
    var lines = Tally<String>()
    for (stack, count) in stacks.rows {
      let frames = timeline.stack(stack).reversed().map { "\($0.function) (\($0.place))" }
      let line = frames.map { plain($0).replacing(";", with: ",") }.joined(separator: ";")
      if !line.isEmpty { lines.add(line, count) }
    }
    for (line, count) in lines.mostFirst { try pieces.line("\(line) \(count)") }
  }
}

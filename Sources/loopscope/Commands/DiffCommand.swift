import ArgumentParser
import Insight
import TUI
import Trace

/// `loopscope diff`: where two runs part.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say where two recorded runs part, and what follows from it.",
    discussion: """
      Lanes are matched by their names and by who made them. Times, identities, addresses and the like \
      are no difference. Ends with status 0 if the runs are alike, 1 if they part, and 2 if that cannot \
      be told: a recording cannot be read, or events were lost.
      """)

  @Argument(help: "The recording of one run (.jsonl or .jsonl.gz).", completion: .file())
  var a: String

  @Argument(help: "The recording of the other.", completion: .file())
  var b: String

  @Flag(help: "Print it as a JSON object, which docs/comparison.md describes.")
  var json = false

  func run() throws {
    let comparison = compare(try read(a, mark: "A: "), try read(b, mark: "B: "))
    if json {
      let whole = comparison.json(a: [("file", .text(a))], b: [("file", .text(b))])
      try printLines([whole.line(cuttingTextsTo: JSON.longestText)])
    } else {
      try printLines(Report(comparison, names: (a, b)).rows)
    }
    if comparison.isUnsure { throw Self.trouble }
    if !comparison.isAlike { throw ExitCode.failure }
  }

  /// What `diff` and `cmp` end with where they cannot tell.
  private static let trouble = ExitCode(2)

  private func read(_ path: String, mark: String) throws -> ComparedRun {
    do {
      let run = try RecordedRun(path: path, mark: mark)
      return ComparedRun(header: run.header, timeline: run.timeline)
    } catch {
      tell("Error: \(error)")
      throw Self.trouble
    }
  }
}

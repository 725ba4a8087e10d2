import Trace

/// What an exploration has found, in words.
package struct ExplorationReport: Sendable {
  package private(set) var lines: [String] = []
  /// How the two runs of most interest differ.
  package let difference: Report?

  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - options: those of `loopscope python` with which it ran, besides the clock and the seed.
  ///   - wanted: how many runs there were to be.
  package init(
    _ exploration: Exploration, of command: [String], options: [String], wanted: Int
  ) {
    let pair = exploration.pair
    difference = pair.map { first, second in
      Report(
        compare(first.first, second.first),
        names: ("seed \(first.firstSeed)", "seed \(second.firstSeed)"))
    }
    let name = plain(command.first == "-m" ? command[1] : command[0])
    let runs = "\(exploration.runCount) \(exploration.runCount == 1 ? "run" : "runs") of \(name)"
    let bad = exploration.runCount - exploration.goodCount
    let early = exploration.runCount < wanted ? ", then it was ended" : ""
    lines.append("\(runs), \(bad == 0 ? "all went well" : "\(bad) failed")\(early):")
    let groups = exploration.groups.sorted { ($0.count, $1.firstSeed) > ($1.count, $0.firstSeed) }
    let width = "\(groups.first?.count ?? 0)".count
    for group in groups {
      let count = String(repeating: " ", count: width - "\(group.count)".count) + "\(group.count)"
      let outputs = group.outputCount > 1 ? ", with \(group.outputCount) different outputs" : ""
      lines.append(
        "  \(count)  \(plain(group.outcome.text))\(outputs); the first with seed \(group.firstSeed)")
    }
    if exploration.otherCount > 0 {
      lines.append("  \(exploration.otherCount) more, in other ways")
    }
    guard let shown = pair?.1 ?? groups.first(where: { !$0.outcome.isGood }) else { return }
    lines.append("")
    lines.append("To watch one that failed:")
    lines.append(
      "  loopscope python --clock virtual --seed \(shown.firstSeed) --step "
        + (options + command).map { quotedForShell(plain($0)) }.joined(separator: " "))
  }
}

/// A word as a shell takes it.
private func quotedForShell(_ word: String) -> String {
  let isSimple = word.utf8.allSatisfy { byte in
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,@%+".utf8.contains(byte)
  }
  guard word.isEmpty || !isSimple else { return word }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}

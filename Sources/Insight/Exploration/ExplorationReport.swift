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
  ///   - narrowed: of the worst that happened, if that could be found.
  package init(
    _ exploration: Exploration, of command: [String], options: [String], wanted: Int,
    narrowed: Narrowed?
  ) {
    let worst = exploration.worst
    difference =
      worst.flatMap { narrowed?.report(seed: $0.firstSeed) } ?? exploration.difference
    let bad = exploration.runCount - exploration.goodCount
    let name = plain(command.first == "-m" ? command[1] : command[0])
    lines.append(
      "\(counted(exploration.runCount, "run")) of \(name), "
        + (bad == 0 ? "all went well" : "\(bad) failed")
        + (exploration.runCount < wanted ? ", then it was interrupted:" : ":"))
    add(exploration.groups)
    if exploration.otherCount > 0 {
      lines.append("  \(exploration.otherCount) more, in other ways")
    }
    guard let worst else { return }
    var again = ["--clock", "virtual", "--seed", "\(worst.firstSeed)"]
    if let narrowed { lines += ["", narrowed.sentence(seed: worst.firstSeed)] }
    if case .chances(let count, _, _) = narrowed { again += ["--chances", "\(count)"] }
    lines += ["", "To watch it, from its first step on:"]
    let words = ["loopscope", "python"] + again + ["--step"] + options + command
    lines.append("  " + words.map { quotedForShell(plain($0)) }.joined(separator: " "))
  }

  private mutating func add(_ groups: [Exploration.Group]) {
    let sorted = groups.sorted { ($0.count, $1.firstSeed) > ($1.count, $0.firstSeed) }
    let width = "\(sorted.first?.count ?? 0)".count
    for group in sorted {
      let count = String(repeating: " ", count: width - "\(group.count)".count) + "\(group.count)"
      let outputs = group.outputCount > 1 ? ", with \(group.outputCount) different outputs" : ""
      lines.append(
        "  \(count)  \(plain(group.outcome.text))\(outputs) (the first: seed \(group.firstSeed))")
    }
  }
}

extension Exploration {
  fileprivate var difference: Report? {
    guard let worst, let usual else { return nil }
    return Report(
      compare(usual.first, worst.first),
      names: ("seed \(usual.firstSeed)", "seed \(worst.firstSeed)"))
  }
}

extension Narrowed {
  fileprivate func report(seed: UInt64) -> Report? {
    guard case .chances(let count, let without, let with) = self else { return nil }
    let names = [count - 1, count].map { "seed \(seed), with \(counted($0, "chance"))" }
    return Report(compare(without, with), names: (names[0], names[1]))
  }

  fileprivate func sentence(seed: UInt64) -> String {
    switch self {
    case .chances(1, _, _):
      "With seed \(seed) one chance is enough: one thing that is late or out of order."
    case .chances(let count, _, _):
      "With seed \(seed) it takes \(count) chances, things that are late or out of order; the last "
        + "of them decides."
    case .none: "It fails even if nothing is late or out of order."
    case .somethingElse:
      "Run again, seed \(seed) went otherwise: a thread, another process or the order of addresses "
        + "has a part in it."
    }
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

import Trace

/// What an exploration has found, in words.
package struct ExplorationReport: Sendable {
  package let exploration: Exploration
  /// How many runs there were to be.
  package let wanted: Int
  /// What decides the worst that happened, as far as that is known.
  package let narrowed: Narrowed?
  /// The two runs of most interest.
  package let contrast: Contrast?
  /// The program and its arguments.
  package let command: [String]
  private let jobs: Int
  private let options: [String]

  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - options: those of `loopscope python` with which it ran, besides the clock and the seed.
  ///   - wanted: how many runs there were to be.
  ///   - jobs: how many of them at once.
  ///   - narrowed: of the worst that happened, if that could be found.
  package init(
    _ exploration: Exploration, of command: [String], options: [String], wanted: Int, jobs: Int,
    narrowed: Narrowed?
  ) {
    self.exploration = exploration
    self.command = command
    self.options = options
    self.wanted = wanted
    self.jobs = jobs
    self.narrowed = narrowed
    contrast = Contrast(exploration, narrowed: narrowed)
  }

  /// The command that shows the worst that happened, from its first step on, word by word; nil where
  /// all went well.
  package var again: [String]? {
    guard let worst = exploration.worst else { return nil }
    var words = ["loopscope", "python", "--clock", "virtual", "--seed", "\(worst.firstSeed)"]
    if case .chances(let count, _, _) = narrowed { words += ["--chances", "\(count)"] }
    return words + ["--step"] + options + command
  }

  package var lines: [String] {
    let bad = exploration.runCount - exploration.goodCount
    let name = plain(command.first == "-m" ? command[1] : command[0])
    var lines = [
      "\(counted(exploration.runCount, "run")) of \(name), "
        + (bad == 0 ? "all went well" : "\(bad) failed")
        + (exploration.runCount < wanted ? ", then it was interrupted:" : ":")
    ]
    lines += groupLines
    if !exploration.otherSeeds.isEmpty {
      lines.append("  \(exploration.otherSeeds.count) more, in other ways")
    }
    guard let worst = exploration.worst, let again else { return lines }
    if let narrowed { lines += ["", narrowed.sentence(seed: worst.firstSeed, jobs: jobs)] }
    lines += ["", "To watch it, from its first step on:"]
    lines.append("  " + again.map { quotedForShell(plain($0)) }.joined(separator: " "))
    return lines
  }

  private var groupLines: [String] {
    let groups = exploration.groupsByCount
    let width = "\(groups.first?.count ?? 0)".count
    return groups.map { group in
      let count = String(repeating: " ", count: width - "\(group.count)".count) + "\(group.count)"
      let outputs = group.outputCount > 1 ? ", with \(group.outputCount) different outputs" : ""
      return
        "  \(count)  \(plain(group.outcome.text))\(outputs) (the first: seed \(group.firstSeed))"
    }
  }
}

extension Narrowed {
  fileprivate func sentence(seed: UInt64, jobs: Int) -> String {
    switch self {
    case .chances(1, _, _):
      "With seed \(seed) one chance is enough: one thing that is late or out of order."
    case .chances(let count, _, _):
      "With seed \(seed) it takes \(count) chances, things that are late or out of order; the last "
        + "of them decides."
    case .none: "It fails even if nothing is late or out of order."
    case .somethingElse where jobs > 1:
      "Run again and alone, seed \(seed) went otherwise: another run beside it (--jobs), a thread, "
        + "another process or the order of addresses has a part in it."
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

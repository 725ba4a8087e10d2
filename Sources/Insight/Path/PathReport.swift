package import Trace

/// What is said of a path.
package struct PathReport: Sendable {
  /// A part, or several that are alike or left out.
  package struct Row: Equatable, Sendable {
    /// The time at which it began, in nanoseconds; nil for several that did not follow one another.
    package let start: Int64?
    package let nanoseconds: Int64
    package let text: String
    /// The index of the event with which it began, nil for what stands for several.
    package let event: Int?
    /// The lane's state, nil for what was left out.
    package let state: LaneState?
  }

  package let path: CriticalPath
  /// `main() took 3.004 s, from 0.000s to 3.004s`.
  package let headline: String
  /// What the time went to, the most first.
  package let spendings: [Row]
  /// The path in order; empty where that says no more.
  package let parts: [Row]
  /// What might have run side by side, in sentences.
  package let advice: [String]
  /// How many characters the longest of its durations has, and of its moments.
  package let durationWidth: Int
  package let momentWidth: Int

  /// - Parameter limit: how many rows a list has at most, besides those for what is left out. Left out is also
  ///   what took less than a hundredth of the time, but for the first few.
  package init(_ path: CriticalPath, at cursor: Int, in timeline: Timeline, limit: Int = 20) {
    self.path = path
    headline = timeline.headline(of: path, at: cursor)
    let all = timeline.spendings(on: path)
    let large = all.prefix { $0.nanoseconds >= path.nanoseconds / 100 }.count
    spendings = timeline.rows(of: all, limit: min(limit, max(3, large)))
    let joined = path.parts.joined
    parts = joined.count > 1 ? timeline.rows(of: joined, of: path, limit: limit) : []
    advice = timeline.advice(timeline.awaitsInTurn(on: path, at: cursor), limit: Self.mostAdvice)
    durationWidth = (spendings + parts).map { seconds($0.nanoseconds).count }.max() ?? 0
    momentWidth = parts.compactMap(\.start).map { timeText($0).count }.max() ?? 0
  }

  /// A row's part of the path's time, rounded down: `67%`, `<1%`.
  package func share(of row: Row) -> String {
    percent(row.nanoseconds, of: path.nanoseconds)
  }

  private static let mostAdvice = 3
}

extension Timeline {
  fileprivate func headline(of path: CriticalPath, at cursor: Int) -> String {
    let name = label(of: path.lane)
    let isOver = state(of: path.lane, at: cursor).isEnded
    let range = "from \(timeText(path.times.lowerBound)) to \(timeText(path.times.upperBound))"
    let took = "\(name) \(isOver ? "took" : "has taken") \(seconds(path.nanoseconds)), \(range)"
    switch path.cut {
    case nil: return plain(took)
    case .loss: return plain("\(took); events before that were lost")
    case .limit: return plain("\(took), as far as it is followed back")
    }
  }

  fileprivate func rows(of spendings: [Spending], limit: Int) -> [PathReport.Row] {
    var rows = spendings.prefix(limit).map { spending in
      PathReport.Row(
        start: spending.count > 1 ? nil : spending.part.times.lowerBound,
        nanoseconds: spending.nanoseconds, text: words(for: spending),
        event: spending.part.events.lowerBound, state: spending.part.state)
    }
    let rest = spendings.dropFirst(limit)
    if !rest.isEmpty {
      rows.append(
        PathReport.Row(
          start: nil, nanoseconds: rest.reduce(0) { $0 + $1.nanoseconds },
          text: counted(rest.count, "other"), event: nil, state: nil))
    }
    return rows
  }

  /// The longest parts in order, with what lies between two of them as one. Of many that are about as long as
  /// one another none is picked.
  fileprivate func rows(
    of joined: [CriticalPath.Part], of path: CriticalPath, limit: Int
  ) -> [PathReport.Row] {
    let longest = joined.indices.sorted {
      (joined[$1].nanoseconds, $0) < (joined[$0].nanoseconds, $1)
    }
    let longestLeft = longest.dropFirst(limit).first.map { joined[$0].nanoseconds } ?? 0
    let told = Set(
      longest.prefix(limit).prefix { place in
        let time = joined[place].nanoseconds
        return time >= path.nanoseconds / 1000 && time - time / 11 > longestLeft
      })
    guard !told.isEmpty else { return [] }
    var rows: [PathReport.Row] = []
    var left: [CriticalPath.Part] = []
    func tellLeft() {
      let time = left.reduce(0) { $0 + $1.nanoseconds }
      guard time > 0, let first = left.first else { return left.removeAll() }
      rows.append(
        PathReport.Row(
          start: first.times.lowerBound, nanoseconds: time,
          text: words(forShorter: left, time), event: nil, state: nil))
      left.removeAll()
    }
    for (place, part) in joined.enumerated() {
      guard told.contains(place) else {
        left.append(part)
        continue
      }
      tellLeft()
      rows.append(
        PathReport.Row(
          start: part.times.lowerBound, nanoseconds: part.nanoseconds, text: words(for: part),
          event: part.events.lowerBound, state: part.state))
    }
    tellLeft()
    return rows
  }

  /// `87 shorter parts, mostly fetch(…) SLEEPING, at line 3 (75 lanes)`.
  private func words(forShorter parts: [CriticalPath.Part], _ time: Int64) -> String {
    if parts.count == 1 { return words(for: parts[0]) }
    let count = counted(parts.count, "shorter part")
    guard let most = spendings(in: parts).first, most.nanoseconds > time / 2 else { return count }
    return "\(count), mostly \(words(for: most))"
  }

  /// A paragraph for each place in the program, those first that would save most.
  fileprivate func advice(_ awaits: [AwaitsInTurn], limit: Int) -> [String] {
    var places: [AwaitPlace] = []
    var firsts: [AwaitPlace: (awaits: AwaitsInTurn, others: Set<LaneID>)] = [:]
    for awaits in awaits {
      let place = AwaitPlace(site: lane(awaits.lane)?.site ?? .unknown, line: awaits.line)
      guard firsts[place] != nil else {
        places.append(place)
        firsts[place] = (awaits, [])
        continue
      }
      if awaits.lane != firsts[place]?.awaits.lane { firsts[place]?.others.insert(awaits.lane) }
    }
    var texts = places.prefix(limit).compactMap { firsts[$0] }.map {
      sentence(for: $0.awaits, alsoBy: $0.others.count)
    }
    let rest = places.count - texts.count
    if rest > 0 {
      texts.append("Awaits at \(counted(rest, "other place")) came one after the other too.")
    }
    return texts
  }

  private func sentence(for awaits: AwaitsInTurn, alsoBy others: Int) -> String {
    let names = awaits.members.prefix(3).map { label(of: $0) }
    let rest = awaits.members.count - names.count
    let members =
      rest > 0
      ? names.joined(separator: ", ") + " and \(rest) more"
      : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    let who =
      "\(label(of: awaits.lane)) awaited \(members) one after the other"
      + "\(place(line: awaits.line, of: awaits.lane)): \(seconds(awaits.elapsed))"
    let least = "side by side they need \(seconds(awaits.sideBySide)) at least"
    let text =
      awaits.wereMadeBefore
      ? "\(who). Each was made before the one before it was over; \(least)."
      : "\(who). If none needs what another returns, \(least)."
    return plain(others > 0 ? "\(text) So did \(counted(others, "other lane"))." : text)
  }
}

/// Where awaits stand in the program.
private struct AwaitPlace: Hashable {
  var site: Site
  var line: UInt32
}

extension [CriticalPath.Part] {
  /// Neighbours of one lane in one state as one part: steps between which no time passed.
  fileprivate var joined: [CriticalPath.Part] {
    var found: [CriticalPath.Part] = []
    for part in self where part.nanoseconds > 0 {
      if let last = found.last, last.lane == part.lane, last.state == part.state,
        last.state == .running || last.events.upperBound == part.events.lowerBound
      {
        found[found.count - 1] = CriticalPath.Part(
          lane: last.lane, row: last.row, state: last.state,
          events: last.events.lowerBound..<part.events.upperBound,
          times: last.times.lowerBound..<part.times.upperBound, handle: last.handle,
          cause: last.cause)
      } else {
        found.append(part)
      }
    }
    return found
  }
}

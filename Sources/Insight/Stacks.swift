package import Trace

/// In which function steps were seen, and what that had called.
package struct Sighting: Equatable, Sendable {
  /// The innermost function that is the program's own, or of all where none is; with the line at which it was
  /// seen most.
  package var frame: StackFrame
  /// The innermost frame where that is another one: of several the one that was seen most.
  package var inside: StackFrame?
  /// How often it was seen in that function, and there.
  package var count: Int
  package var countAtLine: Int
}

extension Timeline {
  /// Where steps were seen within some events, the most frequent first. O(samples × depth).
  ///
  /// - Parameter handle: the only one whose steps are meant.
  package func sightings(in range: Range<Int>, of handle: HandleID? = nil) -> [Sighting] {
    var sightings: [Sighting] = []
    var places: [StackFrame: Int] = [:]
    for (pair, count) in pairs(in: range, of: handle) {
      var function = pair.frame
      function.line = 0
      if let place = places[function] {
        sightings[place].count += count
        if pair.frame == sightings[place].frame { sightings[place].countAtLine += count }
      } else {
        places[function] = sightings.count
        sightings.append(
          Sighting(frame: pair.frame, inside: pair.inside, count: count, countAtLine: count))
      }
    }
    return mostFirst(sightings) { $0.count }
  }

  /// How often each two innermost frames were seen, the most frequent first.
  private func pairs(in range: Range<Int>, of handle: HandleID?) -> [(Pair, Int)] {
    var known: [Place: Int?] = [:]
    var pairs: [(Pair, Int)] = []
    var indexes: [Pair: Int] = [:]
    let own = ownFiles
    for sample in stackSamples(in: range) {
      guard case .stackSampled(let seen, let stack, let lane) = events[stackSamples[sample]].fact,
        handle == nil || handle == seen
      else { continue }
      let place = Place(stack: stack, lane: lane)
      if known[place] == nil {
        let pair = pair(at: place, own: own)
        let index = pair.map { indexes[$0] ?? pairs.count }
        if let pair, let index, index == pairs.count {
          indexes[pair] = index
          pairs.append((pair, 0))
        }
        known[place] = .some(index)
      }
      if let index = known[place] ?? nil { pairs[index].1 += 1 }
    }
    return mostFirst(pairs) { $0.1 }
  }

  private func mostFirst<Value>(_ values: [Value], count: (Value) -> Int) -> [Value] {
    values.enumerated()
      .sorted { (-count($0.element), $0.offset) < (-count($1.element), $1.offset) }
      .map(\.element)
  }

  /// `seen 8 of 10 times in parse(), most at app.py:4, inside JSONDecoder.decode() at json/decoder.py:344`,
  /// nil where nobody looked.
  package func sightingClause(in range: Range<Int>, of handle: HandleID? = nil) -> String? {
    let sightings = sightings(in: range, of: handle)
    guard let first = sightings.first else { return nil }
    let all = sightings.reduce(0) { $0 + $1.count }
    let times =
      switch (first.count, all) {
      case (1, 1): "seen once"
      case (all, _): "seen \(all) times"
      default: "seen \(first.count) of \(all) times"
      }
    return "\(times) in \(first.words)"
  }

  /// `fetch() was at app.py:4 in parse(), called at app.py:11 in fetch()`.
  func sentence(forStack text: TextID, of lane: LaneID) -> String {
    let stack = stack(text)
    let who = lane == .none ? "the step" : label(of: lane)
    guard let first = stack.first else { return "\(who) was seen" }
    let callers = stack.dropFirst().prefix(2).map { ", called at \($0.place) in \($0.name)" }
    let rest = stack.count > 3 ? " and \(counted(stack.count - 3, "call")) further out" : ""
    return "\(who) was at \(first.place) in \(first.name)\(callers.joined())\(rest)"
  }

  /// What is looked at once, however often it was seen.
  private struct Place: Hashable {
    let stack: TextID
    let lane: LaneID
  }

  private struct Pair: Hashable {
    let frame: StackFrame
    let inside: StackFrame?
  }

  private func pair(at place: Place, own: Set<String>) -> Pair? {
    let stack = stack(place.stack)
    guard let innermost = stack.first else { return nil }
    let file = lane(place.lane).map { text($0.site.file) }
    let frame = stack.first { own.contains($0.file) || $0.file == file } ?? innermost
    return Pair(frame: frame, inside: frame == innermost ? nil : innermost)
  }
}

extension Sighting {
  /// `parse(), most at app.py:4, inside JSONDecoder.decode() at json/decoder.py:344`.
  package var words: String {
    let most = countAtLine < count ? ", most at" : " at"
    return "\(frame.name)\(most) \(frame.place)"
      + (inside.map { ", inside \($0.name) at \($0.place)" } ?? "")
  }
}

extension StackFrame {
  /// `app.py:4`.
  package var place: String { "\(file):\(line)" }

  /// `parse()`; what has no name of its own keeps that which Python gives it, such as `<lambda>`.
  package var name: String { function.hasSuffix(">") ? function : "\(function)()" }
}

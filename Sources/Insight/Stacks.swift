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

  fileprivate mutating func add(_ more: Int, at frame: StackFrame) {
    count += more
    if frame == self.frame { countAtLine += more }
  }
}

extension Timeline {
  /// Where steps were seen within some events, the most frequent first. O(samples + stacks × depth).
  ///
  /// - Parameters:
  ///   - handle: the only one that is meant.
  ///   - lane: the only one whose code is meant.
  package func sightings(
    in range: Range<Int>, of handle: HandleID? = nil, by lane: LaneID? = nil
  ) -> [Sighting] {
    var places = Tally<Place>()
    for sample in stackSamples(in: range) {
      guard case .stackSampled(let seen, let stack, let who) = events[stackSamples[sample]].fact,
        handle == nil || handle == seen, lane == nil || lane == who
      else { continue }
      places.add(Place(stack: stack, lane: who))
    }
    let own = ownFiles
    var pairs = Tally<Pair>()
    for (place, count) in places.rows {
      if let pair = pair(at: place, own: own) { pairs.add(pair, count) }
    }
    var functions = Tally<StackFrame>()
    var sightings: [StackFrame: Sighting] = [:]
    for (pair, count) in pairs.mostFirst {
      var function = pair.frame
      function.line = 0
      functions.add(function, count)
      let first = Sighting(frame: pair.frame, inside: pair.inside, count: 0, countAtLine: 0)
      sightings[function, default: first].add(count, at: pair.frame)
    }
    return functions.mostFirst.compactMap { sightings[$0.key] }
  }

  /// `seen 8 of 10 times in parse(), most at app.py:4, inside JSONDecoder.decode() at json/decoder.py:344`,
  /// nil where nobody looked.
  package func sightingClause(
    in range: Range<Int>, of handle: HandleID? = nil, by lane: LaneID? = nil
  ) -> String? {
    let sightings = sightings(in: range, of: handle, by: lane)
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
    let frame = ownFrame(in: stack, of: place.lane, own: own) ?? innermost
    return Pair(frame: frame, inside: frame == innermost ? nil : innermost)
  }

  /// The innermost frame that is the program's own: in one of its files, or in that of the lane whose stack it is.
  func ownFrame(in stack: [StackFrame], of lane: LaneID, own: Set<String>) -> StackFrame? {
    let file = self.lane(lane).map { text($0.site.file) }
    return stack.first { own.contains($0.file) || $0.file == file }
  }
}

extension Sighting {
  /// `parse(), most at app.py:4, inside JSONDecoder.decode() at json/decoder.py:344`.
  package var words: String {
    let most = countAtLine < count ? ", most at" : " at"
    return "\(frame.name)\(most) \(frame.place)\(inside?.insideClause ?? "")"
  }
}

extension StackFrame {
  /// `app.py:4`.
  package var place: String { "\(file):\(line)" }

  /// `, inside JSONDecoder.decode() at json/decoder.py:344`.
  var insideClause: String { ", inside \(name) at \(place)" }

  /// `parse()`; what has no name of its own keeps that which Python gives it, such as `<lambda>`.
  package var name: String { function.hasSuffix(">") ? function : "\(function)()" }
}

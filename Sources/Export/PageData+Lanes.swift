import Insight
import TUI
import Trace

extension PageData {
  /// The lanes, and for each change of each the event, the state in words, the line at which its code
  /// stands, and the lane that it waits for where that is one and stays the same.
  ///
  /// Why a lane is in its state is told in full only for the end of the run and the lanes that are not
  /// over then, which is what one looks for in a run that hangs: the sentences depend on the moment, and
  /// for each of them would be longer than all the rest. Elsewhere the page has the state in words,
  /// the event that brought it, the same for what the lane waits for, and why its last step ran.
  mutating func writeLanes(to pieces: inout TextPieces) throws {
    var changes = PageChanges()
    for (lane, _) in lanes {
      for change in changes.begin(timeline.changes(of: lane)) {
        add(change, of: lane, to: &changes)
      }
    }
    try pieces.line("\"lanes\": {\"id\": \(differences(lanes.map { Int($0.lane.rawValue) })),")
    try pieces.line("\"depth\": \(column(lanes.map(\.depth))),")
    var names: [Int] = []
    var files: [Int] = []
    for (id, _) in lanes {
      let lane = timeline.lane(id)
      names.append(strings.place(of: timeline.label(of: id)))
      files.append(strings.place(of: lane.map { timeline.text($0.site.file) } ?? ""))
    }
    try pieces.line("\"name\": \(column(names)),")
    try pieces.line("\"byName\": \(differences(placesByName)),")
    try pieces.line("\"file\": \(column(files)),")
    try pieces.line("\"changes\": \(column(changes.counts))},")
    try pieces.line("\"changes\": {\"event\": \(column(changes.events)),")
    try pieces.line("\"state\": \(letters(changes.states)),")
    try pieces.line("\"words\": \(column(changes.words)),")
    try pieces.line("\"line\": \(column(changes.lines)),")
    try pieces.line("\"on\": \(column(changes.on))},")
    try writeNamings(to: &pieces)
    try pieces.line("\"uses\": [\(changes.uses.joined(separator: ",\n"))],")
    try writeReasons(to: &pieces)
  }

  /// The events that gave the lanes' tasks their names, lane by lane, with the name itself and what of it
  /// stands behind the lane's label.
  private mutating func writeNamings(to pieces: inout TextPieces) throws {
    var counts: [Int] = []
    var events: [Int] = []
    var names: [Int] = []
    var given: [Int] = []
    for (id, _) in lanes {
      let namings = timeline.lane(id).map { timeline.namings(of: $0, at: timeline.events.count) }
      counts.append(namings?.count ?? 0)
      for event in namings ?? Namings() {
        let name = timeline.events[event].fact.taskName.map(timeline.text)
        events.append(event)
        names.append(strings.place(of: name ?? ""))
        given.append(strings.place(of: timeline.givenName(of: id, at: event + 1) ?? ""))
      }
    }
    try pieces.line("\"namings\": {\"count\": \(column(counts)),")
    try pieces.line("\"event\": \(differences(events)),")
    try pieces.line("\"name\": \(column(names)),")
    try pieces.line("\"given\": \(column(given))},")
  }

  /// The lanes, from 0, in the order of their names.
  private var placesByName: [Int] {
    var ranking = Ranking(by: .name)
    ranking.update(timeline, cursor: timeline.events.count)
    return ranking.lanes(of: timeline).map { place(of: $0) - 1 }
  }

  private mutating func add(_ change: LaneChange, of lane: LaneID, to changes: inout PageChanges) {
    let cursor = change.event + 1
    var on = LaneID.none
    var words: Int?
    switch timeline.events[change.event].fact {
    case .coroutineAwaited(let outer, let inner, _) where outer == lane: on = inner
    case .coroutineSuspended(_, let wait, _) where change.state == .waiting:
      if let future = timeline.future(wait.future), future.isTask { on = future.lane }
      words = timeline.resource(behind: wait.future).map { place(of: wait, for: $0, &changes) }
    default: break
    }
    changes.add(
      change, line: timeline.line(of: lane, at: cursor), on: place(of: on),
      words: words ?? strings.place(ofPlain: timeline.stateWords(of: lane, at: cursor)))
  }

  /// The words for a lane that stands in line for a lock, a queue and the like change with how much of
  /// that is in use, and so for all lanes that do at once: they are told once for each such change.
  ///
  /// - Returns: the place of the words among the `uses`, counted from -1 down.
  private mutating func place(
    of wait: Wait, for resource: Resource, _ changes: inout PageChanges
  ) -> Int {
    let key = PageChanges.Use(resource: resource.id, wait: wait.kind)
    if let place = changes.places[key] { return place }
    if changes.changesOfResources == nil { changes.changesOfResources = changesOfResources() }
    let moments = changes.changesOfResources?[resource.id] ?? []
    var pairs: [Int] = []
    for event in withDrops([resource.created] + moments) {
      let words = "\(LaneState.waiting.word) \(timeline.phrase(wait, at: event + 1))"
      let text = strings.place(of: words)
      if pairs.last != text { pairs += [event, text] }
    }
    changes.uses.append(column(pairs))
    changes.places[key] = -changes.uses.count
    return -changes.uses.count
  }

  /// Events, each with the first loss of events after it, if that comes before the next: what is lost
  /// after that changes nothing more.
  func withDrops(_ events: [Int]) -> [Int] {
    events.enumerated().flatMap { place, event in
      let next = timeline.drops.count(at: event + 1)
      guard next < timeline.drops.count else { return [event] }
      let drop = timeline.drops[next]
      return place + 1 == events.count || drop < events[place + 1] ? [event, drop] : [event]
    }
  }

  func changesOfResources() -> [ResourceID: [Int]] {
    var changes: [ResourceID: [Int]] = [:]
    for index in timeline.events.indices {
      if case .resourceChanged(let id, _, _) = timeline.events[index].fact {
        changes[id, default: []].append(index)
      }
    }
    return changes
  }

  /// Why the lanes that are not over at the end of the run are in their states, the first 1,000.
  private mutating func writeReasons(to pieces: inout TextPieces) throws {
    let end = timeline.events.count
    let open = lanes.enumerated()
      .filter { !timeline.isOverWithoutFault($0.element.lane, at: end) }.prefix(1000)
    var rows: [String] = []
    for (place, row) in open {
      let reasons = why(row.lane, at: end, in: timeline)?.state ?? []
      rows.append("\"\(place + 1)\": " + column(reasons.map { strings.place(ofPlain: $0.text) }))
    }
    try pieces.line("\"reasons\": {\(rows.joined(separator: ",\n"))},")
  }
}

/// The changes of all lanes as columns, those of one lane after those of the other.
struct PageChanges {
  /// What lanes wait for in the same words.
  struct Use: Hashable {
    let resource: ResourceID
    let wait: Wait.Kind
  }

  private(set) var counts: [Int] = []
  /// The first of each lane as it is, the others as differences.
  private(set) var events: [Int] = []
  private(set) var states: [Int] = []
  private(set) var words: [Int] = []
  private(set) var lines: [UInt32] = []
  private(set) var on: [Int] = []
  /// For each, events and the texts of the words from then on, one after the other.
  var uses: [String] = []
  var places: [Use: Int] = [:]
  /// The events in which each resource changed, once they are asked for.
  var changesOfResources: [ResourceID: [Int]]?
  private var lastEvent = 0

  mutating func begin(_ changes: LaneChanges?) -> [LaneChange] {
    let changes = changes.map(Array.init) ?? []
    counts.append(changes.count)
    lastEvent = 0
    return changes
  }

  mutating func add(_ change: LaneChange, line: UInt32, on lane: Int, words text: Int) {
    events.append(change.event - lastEvent)
    lastEvent = change.event
    states.append(Int(change.state.rawValue))
    words.append(text)
    lines.append(line)
    on.append(lane)
  }
}

/// Something that the program printed.
package struct Output: Equatable, Sendable {
  /// Index of the event.
  package var event: Int
  package var lane: LaneID
  package var stream: Stream
  package var text: TextID
}

extension Timeline {
  /// What was printed, at a place among ``outputs``.
  package func output(_ place: Int) -> Output {
    let event = outputs[place]
    guard case .output(let text, let lane, let stream) = events[event].fact else {
      return Output(event: event, lane: .none, stream: .stdout, text: .empty)
    }
    return Output(event: event, lane: lane, stream: stream, text: text)
  }

  /// The warnings, reported exceptions, long steps and the like that are about a lane.
  package func complaints(about lane: LaneID) -> EventList { complaints[lane] ?? EventList() }

  /// How many warnings, reported exceptions, long steps and the like there were. O(log complaints), and
  /// O(members) for each of 64 gathers at most.
  package func complaintCount(at cursor: Int) -> Int {
    complaintLists.map { $0.count(at: cursor) }.reduce(0, +) + untoldGathers(at: cursor).count
  }

  package var complaintLists: [EventList] {
    [warnings, exceptionReports, longSteps, refusals, strays, lateFailures]
  }

  /// What the recorder said of what it cannot see, which is not the program's fault: the newest, so
  /// many at most. O(limit + log remarks).
  package func remarks(at cursor: Int, limit: Int = .max) -> [String] {
    remarks.prefix(remarks.count(at: cursor)).suffix(limit).compactMap { event in
      guard case .warned(let text, _) = events[event].fact else { return nil }
      return String(self.text(text).dropFirst(Self.remark.count))
    }
  }

  /// Whether a warning is such a remark.
  package func isRemark(_ text: TextID) -> Bool { self.text(text).hasPrefix(Self.remark) }

  private static let remark = "RecorderWarning: "

  /// The text of a file that came into play in the run, by its name; nil if the run did not bring it.
  /// O(files).
  package func sourceText(named name: String) -> String? {
    sources.first { text($0.key) == name }.map { text($0.value) }
  }

  /// The names of files that came into play and whose texts the run brought. O(files).
  package var ownFiles: Set<String> { Set(sources.keys.map(text)) }

  /// The program's files as far as the run has their texts: those of its header, then what came into
  /// play besides, in the order of their names. O(files).
  package func sourceTexts(with header: RunHeader) -> [RunHeader.SourceText] {
    let known = Set(header.sources.map(\.name))
    return header.sources + sourceTexts.filter { !known.contains($0.name) }
  }

  private var sourceTexts: [RunHeader.SourceText] {
    sources.map { RunHeader.SourceText(name: text($0.key), text: text($0.value)) }
      .sorted { $0.name < $1.name }
  }

  /// Whether the run brought the text of the file in which a lane's coroutine stands.
  package func hasSource(of lane: LaneID) -> Bool {
    self.lane(lane).map { sources[$0.site.file] != nil } ?? false
  }

  /// A lane's name. The second lane of the same name is `name#2`, and so on: a label never changes
  /// when later lanes come.
  package func label(of id: LaneID) -> String {
    guard let index = lanes.index(of: id), let lane = lane(id) else {
      return id == .none ? "the program" : "lane \(id.rawValue)"
    }
    let name = text(lane.name)
    if name.isEmpty { return "lane \(id.rawValue)" }
    let namesake = lanes.records[index].namesake
    return namesake > 1 ? "\(name)#\(namesake)" : name
  }

  /// A task by its coroutine, another future by what it is for.
  package func label(of id: FutureID) -> String {
    guard let future = future(id) else { return "future \(id.rawValue)" }
    if future.isTask {
      if lane(future.lane) != nil { return label(of: future.lane) }
      let name = text(future.name)
      return name.isEmpty ? "task \(id.rawValue)" : name
    }
    if let resource = resource(behind: id) {
      return "future \(id.rawValue) of \(label(of: resource.id))"
    }
    let kind = text(future.name)
    if kind.isEmpty || kind == "future" { return "future \(id.rawValue)" }
    if kind.hasSuffix("()") { return "future \(id.rawValue) of \(kind)" }
    return kind.contains(" ")
      ? "future \(id.rawValue) (\(kind))" : "\(kind) future \(id.rawValue)"
  }

  package func label(of id: ResourceID) -> String {
    guard let resource = resource(id) else { return "resource \(id.rawValue)" }
    let name = text(resource.name)
    return name.isEmpty ? "resource \(id.rawValue)" : name
  }
}

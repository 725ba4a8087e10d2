package import Insight
package import Trace

/// Everything that the screen shows, as a value. ``update(_:)`` changes it, ``view(of:)`` draws it.
package struct Model: Sendable {
  package internal(set) var size: Size
  package internal(set) var header: RunHeader
  package internal(set) var timeline = Timeline()
  package internal(set) var player = Player()
  /// What the program teaches and what to look for; shown in the help.
  package let lesson: Lesson?

  // The source of the facts.
  package let isLive: Bool
  /// Whether every fact that there will ever be is in the timeline.
  package internal(set) var hasEnded = false
  /// How the program's process ended, once it has; nil for what has no process.
  package internal(set) var ending: String?
  /// How the program's process was stopped by a signal; nil while it goes on.
  package internal(set) var stopped: String?
  /// Whether the program has a standard input to send to.
  package internal(set) var takesInput = false
  /// A step that was asked of the source and has not come yet.
  package internal(set) var awaited: Awaited?
  /// What is wrong with the recording, if anything.
  package internal(set) var notices: [String] = []

  // What the user has chosen.
  package internal(set) var axis = Axis()
  /// Whether bars are drawn beyond the moment shown, as far as the run is known.
  package internal(set) var showsAhead = false
  package internal(set) var panes: [Pane]
  package internal(set) var focus = Pane.lanes
  package internal(set) var order = LaneList.Order.tree
  package internal(set) var filter = ""
  /// Whether lanes that have returned or were cancelled are left out.
  package internal(set) var hidesOver = false
  package internal(set) var search = ""
  /// The lane that the user chose; nil follows the one that ran last.
  package internal(set) var chosen: LaneID?
  /// Cursors that the user marked, sorted.
  package internal(set) var markers: [Int] = []
  package internal(set) var overlay: Overlay?
  package internal(set) var prompt: Prompt?
  /// One line for the user, until the next key.
  package internal(set) var message: String?
  /// How far panes were scrolled away from where they would stand, in rows.
  package internal(set) var scrolls: [Pane: Int] = [:]
  /// The axis as it stood when a drag began, so that it does not slide away under the mouse.
  package internal(set) var grabbed: Axis.Window?

  package internal(set) var lanes = LaneList()
  /// The lane that the inspector and the source pane show: the chosen one while it is on the
  /// screen, else the one whose code ran last.
  package private(set) var selected: LaneID?
  /// That nothing can happen any more at the moment shown, or which lanes wait for one another.
  package internal(set) var standstills: [Explanation.Reason] = []
  /// What the selected lane's time went to, while that is shown.
  package internal(set) var path: PathReport?
  /// Which cells of the bars are on it.
  var pathCells: PathCells?
  /// For what they were found out.
  var pathQuestion: PathQuestion?
  /// The cursor and the number of events for which ``standstills`` holds.
  var judged: (cursor: Int, events: Int)?
  /// The event of the standstill of which the user was told last.
  var toldStandstill: Int?
  /// The cursor at which the user was told that a step blocks the loop.
  var toldSilence: Int?
  /// Its row in the list of lanes.
  private(set) var selectedRow: Int?

  /// A window over the screen.
  package enum Overlay: Equatable, Sendable {
    case help(scroll: Int)
    case why(scroll: Int)

    var scroll: Int {
      switch self {
      case .help(let scroll), .why(let scroll): scroll
      }
    }

    func scrolled(to scroll: Int) -> Self {
      switch self {
      case .help: .help(scroll: scroll)
      case .why: .why(scroll: scroll)
      }
    }
  }

  package struct Lesson: Equatable, Sendable {
    package let title: String
    package let lesson: String
    package let note: String

    package init(title: String, lesson: String, note: String) {
      self.title = title
      self.lesson = lesson
      self.note = note
    }
  }

  /// What the next batch is waited for.
  package enum Awaited: Equatable, Sendable {
    case step
    case event
  }

  /// - Parameters:
  ///   - size: of the terminal.
  ///   - isLive: whether there is a loop that can be asked for more.
  ///   - panes: which are open besides the lanes.
  package init(
    size: Size, header: RunHeader, isLive: Bool, lesson: Lesson? = nil,
    panes: [Pane] = [.loop, .source, .output]
  ) {
    self.panes = panes
    self.size = size
    self.header = header
    self.isLive = isLive
    self.lesson = lesson
  }

  package var cursor: Int { player.cursor }

  /// Whether the view stands at the last event that is known.
  package var isAtEdge: Bool { cursor >= timeline.events.count }

  /// Whether the view shows what happens as it happens: then a loop whose clock is real shows the
  /// time, and not the screen, which may have been busy.
  var followsLoop: Bool {
    isAtLiveEdge && player.isPlaying && player.speed >= 1 && header.clock == .real
  }

  /// Whether going on asks the source and not the timeline.
  package var isAtLiveEdge: Bool { isLive && !hasEnded && isAtEdge }

  /// Shows the moment of a cursor.
  ///
  /// - Parameter time: in nanoseconds, where it lies between that and the next event.
  package mutating func show(_ cursor: Int, time: Int64 = 0) {
    player.seek(to: cursor, time: time, in: timeline)
    refresh()
  }

  package mutating func setSpeed(_ speed: Double) { player.setSpeed(speed) }

  /// Begins to play.
  package mutating func play(speed: Double) {
    player.setSpeed(speed)
    player.play()
  }

  /// Chooses the finest axis on which the whole run up to the moment shown is on the screen.
  package mutating func fitAxis() {
    let columns = Double(LanesPlan(self, in: layout.lanes).barColumns)
    axis.zoom =
      Axis.zooms.last { zoom in
        var finer = axis
        finer.zoom = zoom
        return finer.position(time: player.time, events: cursor) < columns
      } ?? Axis.zooms.lowerBound
  }

  /// Shows a line to the user until the next key.
  package mutating func say(_ text: String) { message = text }

  /// Derives what depends on the rest. O(lanes).
  mutating func refresh() {
    lanes.refresh(
      timeline, cursor: cursor, order: order, filter: filter, hidesOver: hidesOver,
      chosen: chosen ?? .none)
    selectedRow = chosen.flatMap { lanes.index(of: $0) }
    if selectedRow != nil {
      selected = chosen
    } else {
      let first = timeline.laneCount(at: cursor) > 0 ? timeline.laneID(at: 0) : nil
      selected = lastActive() ?? first
      selectedRow = selected.flatMap { lanes.index(of: $0) }
      if selectedRow == nil, !filter.isEmpty, let top = lanes.rows.first?.lane {
        // Who filters looks at these lanes: the one that is explained must be among them.
        let shown = Set(lanes.rows.map(\.lane))
        selected = lastActive { shown.contains($0) } ?? top
        selectedRow = selected.flatMap { lanes.index(of: $0) }
      }
    }
    judge()
    followPath()
  }

  /// The lane whose code ran last at the cursor: the running one, or that of the newest fact about
  /// a lane. A lane whose text the run has, which is the user's, comes before a library's. Looks
  /// back over a bounded number of events.
  private func lastActive(among isMeant: (LaneID) -> Bool = { _ in true }) -> LaneID? {
    var last: LaneID?
    for index in stride(from: cursor - 1, through: max(0, cursor - 512), by: -1) {
      switch timeline.events[index].fact {
      case .coroutineCreated, .coroutineAwaited, .taskCreated, .output, .warned,
        .exceptionReported:
        continue
      case let fact:
        guard let lane = fact.lane, lane != last, isMeant(lane) else { continue }
        if hasSource(of: lane) { return lane }
        if last == nil { last = lane }
      }
    }
    return last
  }

  private func hasSource(of lane: LaneID) -> Bool {
    if timeline.hasSource(of: lane) { return true }
    guard !header.sources.isEmpty, let file = timeline.lane(lane)?.site.file else { return false }
    let name = timeline.text(file)
    return header.sources.contains { $0.name == name }
  }
}

import Trace

extension Model {
  /// Answers a key while nothing is being typed.
  mutating func press(_ key: Key) -> [Effect] {
    if key.modifiers.contains(.control) { return pressWithControl(key.code) }
    switch key.code {
    case .right: return stepForward(.step)
    case .left: return stepBack(.step)
    case .up: choose(rowsAway: -1)
    case .down: choose(rowsAway: 1)
    case .home: return seek(to: timeline.endOfPrologue)
    case .end: return goToEnd()
    case .pageUp: return seekPage(-0.1)
    case .pageDown: return seekPage(0.1)
    case .tab: focusNext(1)
    case .backTab: focusNext(-1)
    case .enter: toggle(.inspector)
    case .escape: chosen = nil
    case .backspace: return [.menu]
    case .function(1): overlay = .help(scroll: 0)
    case .character(let character): return press(character)
    default: break
    }
    return []
  }

  private mutating func press(_ character: Character) -> [Effect] {
    switch character {
    case " ", "p": return togglePlaying()
    case ".": return stepForward(.step)
    case ",": return stepBack(.step)
    case ">": return stepForward(.event)
    case "<": return stepBack(.event)
    case "+": changeSpeed(by: 2)
    case "-", "−": changeSpeed(by: 0.5)
    case "=": player.setSpeed(1)
    case "0"..."9": return seek(toFraction: Double(character.wholeNumberValue ?? 0) / 10)
    case "m": toggleMarker()
    case "[": return goToMarker(forward: false)
    case "]": return goToMarker(forward: true)
    case "n": return goToMatch(forward: true)
    case "N": return goToMatch(forward: false)
    case "/": prompt = Prompt(.search, former: search)
    case "f": prompt = Prompt(.filter, text: filter, former: filter)
    case "c": filter = ""
    case "d":
      hidesOver.toggle()
      message =
        hidesOver ? "Lanes that are DONE or cancelled are hidden." : "All lanes are shown."
    case "s": sort(by: 1)
    case "S": sort(by: -1)
    case "z": zoom(by: 1)
    case "Z": zoom(by: -1)
    case "a":
      fitAxis()
      message = "The axis shows the whole run."
    case "x": nextAxisMode()
    case "v":
      showsAhead.toggle()
      message =
        showsAhead
        ? "What comes after the cursor is shown, as far as it is known."
        : "What comes after the cursor is not shown."
    case "j": choose(rowsAway: 1)
    case "k": choose(rowsAway: -1)
    case "g": choose(row: 0)
    case "G": choose(row: lanes.rows.count - 1)
    case "w": overlay = .why(scroll: 0)
    case "r": return restart()
    case ":": askForInput()
    case "R": prompt = Prompt(.write, text: suggestedPath)
    case "h", "?": overlay = .help(scroll: 0)
    case "q": return [.quit]
    default:
      if let pane = Pane.allCases.first(where: { $0.key == character }) {
        toggle(pane)
      } else {
        message = "No such key. ? lists them."
      }
    }
    return []
  }

  func pressWithControl(_ code: Key.Code) -> [Effect] {
    switch code {
    case .character("c"): [.interrupt]
    case .character("z"): [.suspend]
    case .character("l"): [.redraw]
    default: []
    }
  }

  private mutating func goToEnd() -> [Effect] {
    awaited = nil
    guard !player.isPlaying || !isLive || hasEnded else {
      player.goToEdge(of: timeline)
      return []
    }
    return seek(to: timeline.events.count)
  }

  private mutating func restart() -> [Effect] {
    guard isLive else {
      player.pause()
      player.seek(to: timeline.endOfPrologue, in: timeline)
      message = "A recording has run already: this is its start."
      return []
    }
    return [.restart]
  }

  private mutating func askForInput() {
    if takesInput {
      prompt = Prompt(.input)
    } else {
      message = "There is no program here that takes input."
    }
  }

  private var suggestedPath: String {
    let name = header.program.first ?? "run"
    let base = name.split(separator: "/").last.map(String.init) ?? name
    return base + ".jsonl"
  }

  // MARK: Speed, axis, order

  private mutating func changeSpeed(by factor: Double) {
    player.setSpeed(player.speed * factor)
    if isLive, !hasEnded, header.clock == .real {
      message = "A real loop has its own speed: this one is for what is replayed."
    }
  }

  private mutating func zoom(by steps: Int) {
    let zoom = axis.zoom + steps
    guard Axis.zooms.contains(zoom) else {
      message = "The axis goes no \(steps > 0 ? "finer" : "coarser")."
      return
    }
    axis.zoom = zoom
  }

  private mutating func nextAxisMode() {
    let modes = Axis.Mode.allCases
    let next = ((modes.firstIndex(of: axis.mode) ?? 0) + 1) % modes.count
    axis.mode = modes[next]
    switch axis.mode {
    case .mixed: message = "A column is an event or a slice of time."
    case .time: message = "A column is a slice of time."
    case .events: message = "A column is an event."
    }
  }

  private mutating func sort(by steps: Int) {
    let orders = LaneList.Order.allCases
    let place = orders.firstIndex(of: order) ?? 0
    order = orders[(place + steps + orders.count) % orders.count]
    message =
      switch order {
      case .tree: "Lanes below who created them."
      case .name: "Lanes by name."
      case .state: "Lanes by state: RUNNING and ready first."
      case .busy: "Lanes by how long they were RUNNING."
      }
  }

  // MARK: Lanes and panes

  private mutating func choose(rowsAway distance: Int) {
    if focus != .lanes {
      scroll(focus, by: distance)
      return
    }
    choose(row: (selectedRow ?? 0) + distance)
  }

  mutating func choose(row: Int) {
    scrolls[.lanes] = nil
    guard !lanes.rows.isEmpty else { return }
    chosen = lanes.rows[min(max(0, row), lanes.rows.count - 1)].lane
  }

  private mutating func toggle(_ pane: Pane) {
    scrolls[pane] = nil
    if let place = panes.firstIndex(of: pane) {
      panes.remove(at: place)
      if focus == pane { focus = .lanes }
    } else {
      panes.append(pane)
      if !layout.panes.contains(where: { $0.pane == pane }) {
        message = "No room for the \(pane.rawValue) pane."
      }
    }
  }

  private mutating func focusNext(_ distance: Int) {
    let all = [.lanes] + layout.panes.map(\.pane)
    let place = all.firstIndex(of: focus) ?? 0
    focus = all[(place + distance + all.count) % all.count]
  }
}

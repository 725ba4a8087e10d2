/// The list of demos to choose from.
package struct Menu: Equatable, Sendable {
  package struct Item: Equatable, Sendable {
    package let name: String
    package let title: String
    package let lesson: String
    package let note: String

    package init(name: String, title: String, lesson: String, note: String) {
      self.name = name
      self.title = title
      self.lesson = lesson
      self.note = note
    }
  }

  /// What a key in the menu asks for.
  package enum Choice: Equatable, Sendable {
    case open(name: String)
    case suspend
    case quit
    case interrupt
  }

  package internal(set) var size: Size
  package let items: [Item]
  package private(set) var selected = 0
  package private(set) var message: String?

  package init(size: Size, items: [Item], selected name: String? = nil) {
    self.size = size
    self.items = items
    selected = items.firstIndex { $0.name == name } ?? 0
  }

  /// Answers an input.
  ///
  /// - Returns: what was chosen, nil while the user is still choosing.
  package mutating func update(_ input: Input) -> Choice? {
    switch input {
    case .resize(let size): self.size = size
    case .key(let key):
      message = nil
      return press(key)
    case .mouse(let mouse): return update(mouse)
    case .paste, .focus: break
    }
    return nil
  }

  /// The first row of the list on the screen.
  static let firstRow = 3

  /// The items that the screen has room for, chosen so that the selected one is among them.
  var shown: Range<Int> {
    let room = max(1, size.rows - Self.firstRow - noteRows - 1)
    let top = max(0, min(selected - room / 2, items.count - room))
    return top..<min(items.count, top + room)
  }

  /// The rows kept below the list for the selected demo's title, lesson and note: as many as the longest
  /// needs, but no more than the list has.
  var noteRows: Int {
    let most = (size.rows - Self.firstRow - 1) / 2
    let needed = items.map { note(of: $0).count + 1 }.max() ?? 0
    return most < 3 ? 0 : min(most, needed)
  }

  /// What the list says of a demo besides its name has so many columns.
  var lessonColumns: Int { size.columns - nameColumns - 3 }

  var nameColumns: Int { min(20, (items.map { columns(of: $0.name) }.max() ?? 0) + 2) }

  /// A demo's note, after its lesson where the list has no room for all of that.
  func note(of item: Item) -> Lines {
    var lines = Lines()
    let room = size.columns - 4
    if columns(of: item.lesson) > lessonColumns {
      lines.add(wrapped: item.lesson, columns: room, Style(.accent))
    }
    lines.add(wrapped: item.note, columns: room)
    return lines
  }

  private mutating func press(_ key: Key) -> Choice? {
    if key.modifiers.contains(.control) {
      switch key.code {
      case .character("c"): return .interrupt
      case .character("z"): return .suspend
      default: return nil
      }
    }
    switch key.code {
    case .up, .character("k"): select(selected - 1)
    case .down, .character("j"), .tab: select(selected + 1)
    case .home, .character("g"): select(0)
    case .end, .character("G"): select(items.count - 1)
    case .pageUp: select(selected - shown.count)
    case .pageDown: select(selected + shown.count)
    case .enter, .right, .character(" "): return open()
    case .character("q"), .escape: return .quit
    default: message = "↑ ↓ choose a demo, Enter opens it, q quits."
    }
    return nil
  }

  private mutating func update(_ mouse: Mouse) -> Choice? {
    switch mouse.kind {
    case .wheelUp: select(selected - 1)
    case .wheelDown: select(selected + 1)
    case .press where mouse.button == .left:
      let item = shown.lowerBound + mouse.y - Self.firstRow
      guard mouse.y >= Self.firstRow, shown.contains(item) else { return nil }
      if item == selected { return open() }
      select(item)
    default: break
    }
    return nil
  }

  private mutating func select(_ item: Int) {
    selected = min(max(0, item), max(0, items.count - 1))
  }

  private func open() -> Choice? {
    items.indices.contains(selected) ? .open(name: items[selected].name) : nil
  }
}

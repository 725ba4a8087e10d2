extension Model {
  /// Answers a key while the user types at the foot of the screen.
  mutating func type(_ key: Key) -> [Effect] {
    guard var prompt else { return [] }
    switch key.code {
    case .enter: return accept(prompt)
    case .escape:
      cancel(prompt)
      return []
    case .character("c") where key.modifiers.contains(.control):
      guard prompt.purpose == .input else { return [.interrupt] }
      self.prompt = nil
      message = "Ctrl-C was sent to the program."
      return [.interruptProgram]
    case .character("z") where key.modifiers.contains(.control): return [.suspend]
    case .character("d") where key.modifiers.contains(.control) && prompt.purpose == .input:
      guard prompt.text.isEmpty else { return [] }
      self.prompt = nil
      message = "The program's input has ended."
      return [.input(nil)]
    case .character("u") where key.modifiers.contains(.control): prompt.deleteAll()
    case .backspace:
      if prompt.text.isEmpty {
        cancel(prompt)
        return []
      }
      prompt.deleteBackward()
    case .character(let character) where key.modifiers.isDisjoint(with: [.control, .alt]):
      prompt.insert(String(character))
    default: return []
    }
    change(prompt)
    return []
  }

  /// A filter works while it is being typed.
  mutating func change(_ prompt: Prompt) {
    self.prompt = prompt
    if prompt.purpose == .filter { filter = prompt.text }
  }

  private mutating func cancel(_ prompt: Prompt) {
    self.prompt = nil
    if prompt.purpose == .filter { filter = prompt.former }
  }

  private mutating func accept(_ prompt: Prompt) -> [Effect] {
    self.prompt = nil
    switch prompt.purpose {
    case .filter:
      filter = prompt.text
      return []
    case .search:
      // An empty search is the last one again, as in less.
      search = prompt.text.isEmpty ? prompt.former : prompt.text
      return goToMatch(forward: true)
    case .input:
      return [.input(prompt.text.hasSuffix("\n") ? prompt.text : prompt.text + "\n")]
    case .write:
      return prompt.text.isEmpty ? [] : [.write(path: prompt.text)]
    }
  }

  /// Answers a key while a window lies over the screen.
  mutating func scroll(_ overlay: Overlay, _ key: Key) -> [Effect] {
    if key.modifiers.contains(.control) {
      return pressWithControl(key.code)
    }
    let distance =
      switch key.code {
      case .down, .character("j"): 1
      case .up, .character("k"): -1
      case .pageDown, .character(" "): max(1, size.rows - 6)
      case .pageUp: -max(1, size.rows - 6)
      default: 0
      }
    guard distance != 0 else {
      self.overlay = nil
      return []
    }
    let wanted = overlay.scrolled(to: overlay.scroll + distance)
    var scratch = Frame(size: size)
    self.overlay = overlay.scrolled(to: drawOverlay(wanted, self, on: &scratch))
    return []
  }
}

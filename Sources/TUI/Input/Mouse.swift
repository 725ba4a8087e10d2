/// Something done with the mouse.
package struct Mouse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  package enum Button: Hashable, Sendable {
    case left, middle, right
    /// No button (the wheel, a move), or an old terminal that does not say which was released.
    case none
  }

  package var kind: Kind
  package var button: Button
  /// The column; the first is 0.
  package var x: Int
  /// The row; the first is 0.
  package var y: Int
  package var modifiers: Key.Modifiers

  package init(
    _ kind: Kind, _ button: Button = .none, x: Int, y: Int, modifiers: Key.Modifiers = []
  ) {
    self.kind = kind
    self.button = button
    self.x = x
    self.y = y
    self.modifiers = modifiers
  }
}

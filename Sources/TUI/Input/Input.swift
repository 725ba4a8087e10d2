/// What the user did at the terminal.
package enum Input: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// Text that was pasted, in one piece: never taken for keys.
  case paste(String)
  /// The terminal has a new size.
  case resize(Size)
  /// The terminal's window got or lost the keyboard.
  case focus(Bool)
}

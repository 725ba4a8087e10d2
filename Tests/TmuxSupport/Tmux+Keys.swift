extension Tmux {
  /// Types a text; `␛` is Escape, and control characters are sent as they are.
  package func send(_ text: String) throws {
    try send(bytes: Array(text.replacing("␛", with: "\u{1B}").utf8))
  }

  /// Sends bytes to the program just as a terminal would.
  package func send(bytes: [UInt8]) throws {
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    try tmux(["send-keys", "-H"] + hex)
  }

  /// Makes the terminal another size.
  package func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }
}

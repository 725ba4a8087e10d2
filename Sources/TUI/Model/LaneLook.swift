package import Trace

/// How a lane's state is told apart: by a word, a letter, a glyph, a bar and a colour, so that no
/// one of them has to be seen.
package struct LaneLook: Equatable, Sendable {
  /// The four states of the product in capitals, their shades in small letters.
  package let word: String
  package let letter: Character
  package let glyph: Unicode.Scalar
  /// What its stretch of the bar is drawn with.
  package let bar: Unicode.Scalar
  package let role: Role

  package init(_ state: LaneState) {
    self = Self.all[Int(state.rawValue)]
  }

  private init(
    _ word: String, _ letter: Character, _ glyph: Unicode.Scalar, bar: Unicode.Scalar, _ role: Role
  ) {
    self.word = word
    self.letter = letter
    self.glyph = glyph
    self.bar = bar
    self.role = role
  }

  private static let all: [LaneLook] = LaneState.allCases.map { state in
    switch state {
    case .pending: LaneLook("PENDING", "P", "○", bar: "╌", .pending)
    case .ready: LaneLook("ready", "r", "◔", bar: "▒", .ready)
    case .running: LaneLook("RUNNING", "R", "●", bar: "█", .running)
    case .awaiting: LaneLook("awaiting", "a", "◌", bar: "─", .awaiting)
    case .sleeping: LaneLook("SLEEPING", "S", "◐", bar: "░", .sleeping)
    case .waiting: LaneLook("waiting", "w", "◎", bar: "┄", .waiting)
    case .done: LaneLook("DONE", "D", "✓", bar: " ", .done)
    case .failed: LaneLook("failed", "F", "✗", bar: " ", .failed)
    case .cancelled: LaneLook("cancelled", "C", "⊘", bar: " ", .cancelled)
    case .neverAwaited: LaneLook("never awaited", "N", "∅", bar: " ", .neverAwaited)
    case .unfinished: LaneLook("unfinished", "U", "◇", bar: " ", .unfinished)
    case .unknown: LaneLook("unknown", "?", "?", bar: "?", .unknown)
    }
  }
}

import Insight
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
    _ state: LaneState, _ letter: Character, _ glyph: Unicode.Scalar, bar: Unicode.Scalar,
    _ role: Role
  ) {
    word = state.word
    self.letter = letter
    self.glyph = glyph
    self.bar = bar
    self.role = role
  }

  private static let all: [LaneLook] = LaneState.allCases.map { state in
    switch state {
    case .pending: LaneLook(state, "P", "○", bar: "╌", .pending)
    case .ready: LaneLook(state, "r", "◔", bar: "▒", .ready)
    case .running: LaneLook(state, "R", "●", bar: "█", .running)
    case .awaiting: LaneLook(state, "a", "◌", bar: "─", .awaiting)
    case .sleeping: LaneLook(state, "S", "◐", bar: "░", .sleeping)
    case .waiting: LaneLook(state, "w", "◎", bar: "┄", .waiting)
    case .done: LaneLook(state, "D", "✓", bar: " ", .done)
    case .failed: LaneLook(state, "F", "✗", bar: " ", .failed)
    case .cancelled: LaneLook(state, "C", "⊘", bar: " ", .cancelled)
    case .neverAwaited: LaneLook(state, "N", "∅", bar: " ", .neverAwaited)
    case .unfinished: LaneLook(state, "U", "◇", bar: " ", .unfinished)
    case .unknown: LaneLook(state, "?", "?", bar: "?", .unknown)
    }
  }
}

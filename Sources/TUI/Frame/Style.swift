/// How a cell looks, by what it means. Colours are chosen by the terminal, not by the picture.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var emphasis: Emphasis

  package init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  package static let plain = Style(.plain)
}

/// What a cell says. Every role has one colour for each depth of colour a terminal can have.
package enum Role: UInt8, CaseIterable, Sendable {
  case plain, muted, title, border, key, accent

  // The states of a lane.
  case pending, ready, running, awaiting, sleeping, waiting
  case done, failed, cancelled, neverAwaited, unfinished, unknown

  // What the user points at.
  case cursor, selection, match, marker

  case warning, error, number, lineHighlight
}

/// What is added to a role's own look.
package struct Emphasis: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Emphasis(rawValue: 1 << 0)
  package static let dim = Emphasis(rawValue: 1 << 1)
  package static let reverse = Emphasis(rawValue: 1 << 2)
  package static let underline = Emphasis(rawValue: 1 << 3)
  package static let italic = Emphasis(rawValue: 1 << 4)
}

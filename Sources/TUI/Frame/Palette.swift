/// How many colours the terminal has.
package enum ColourDepth: Equatable, Sendable {
  case none, eight, sixteen, many

  /// - Parameter colours: the terminal's number of colours; 0 or less when it has none.
  package init(colours: Int, isWanted: Bool) {
    switch colours {
    case _ where !isWanted: self = .none
    // Direct colours (`xterm-direct`): only the first eight are numbers, the rest are mixtures of
    // red, green and blue.
    case 257...: self = .eight
    case 256: self = .many
    case 16...: self = .sixteen
    case 8...: self = .eight
    default: self = .none
    }
  }
}

/// A role's colours and what it adds to them. -1 is the terminal's own colour.
package struct Look: Equatable, Sendable {
  package var foreground: Int16 = -1
  package var background: Int16 = -1
  package var emphasis: Emphasis = []
}

/// The colours of the roles: the one place where they are chosen.
///
/// They must be readable on black and on white, so that the terminal's own colours are kept as the
/// ground, and middle tones are taken: neither the pale ones that vanish on white nor the deep ones
/// that vanish on black. RUNNING stands out, what is over steps back. No role depends on colour
/// alone: views give each state a glyph and a letter too.
package enum Palette {
  package static func look(of role: Role, depth: ColourDepth) -> Look {
    switch depth {
    case .many: many(role)
    case .sixteen: basic(role, grey: 8)
    // Without a grey of its own, what steps back is dim.
    case .eight: basic(role, grey: -1)
    case .none: none(role)
    }
  }

  private static func many(_ role: Role) -> Look {
    switch role {
    case .plain: Look()
    case .muted: Look(foreground: 244)
    case .title: Look(emphasis: .bold)
    case .border: Look(foreground: 243)
    case .key: Look(foreground: 37, emphasis: .bold)
    case .accent: Look(foreground: 33, emphasis: .bold)

    case .pending: Look(foreground: 245)
    case .ready: Look(foreground: 172)
    case .running: Look(foreground: 34, emphasis: .bold)
    case .awaiting: Look(foreground: 37, emphasis: .dim)
    case .sleeping: Look(foreground: 32)
    case .waiting: Look(foreground: 134)
    case .done: Look(foreground: 65)
    case .failed: Look(foreground: 160, emphasis: .bold)
    case .cancelled: Look(foreground: 166)
    case .neverAwaited: Look(foreground: 160, emphasis: .underline)
    case .unfinished: Look(foreground: 245, emphasis: .underline)
    case .unknown: Look(foreground: 243)

    case .cursor: Look(emphasis: [.bold, .reverse])
    case .selection: Look(foreground: 231, background: 24)
    case .match: Look(foreground: 16, background: 220)
    case .marker: Look(foreground: 169, emphasis: .bold)
    case .warning: Look(foreground: 172, emphasis: .bold)
    case .error: Look(foreground: 160, emphasis: .bold)
    case .number: Look(foreground: 67)
    case .lineHighlight: Look(foreground: 16, background: 151)
    }
  }

  private static func basic(_ role: Role, grey: Int16) -> Look {
    let muted = Look(foreground: grey, emphasis: grey < 0 ? .dim : [])
    return switch role {
    case .plain: Look()
    case .muted, .border, .pending, .unknown: muted
    case .title: Look(emphasis: .bold)
    case .key: Look(foreground: 6, emphasis: .bold)
    case .accent: Look(foreground: 4, emphasis: .bold)

    case .ready: Look(foreground: 3)
    case .running: Look(foreground: 2, emphasis: .bold)
    case .awaiting: Look(foreground: 6, emphasis: .dim)
    case .sleeping: Look(foreground: 4)
    case .waiting: Look(foreground: 5)
    case .done: Look(foreground: 2, emphasis: .dim)
    case .failed: Look(foreground: 1, emphasis: .bold)
    case .cancelled: Look(foreground: 3, emphasis: .dim)
    case .neverAwaited: Look(foreground: 1, emphasis: .underline)
    case .unfinished: Look(foreground: muted.foreground, emphasis: muted.emphasis.union(.underline))

    case .cursor: Look(emphasis: [.bold, .reverse])
    case .selection: Look(foreground: 7, background: 4, emphasis: .bold)
    case .match: Look(foreground: 0, background: 3)
    case .marker: Look(foreground: 5, emphasis: .bold)
    case .warning: Look(foreground: 3, emphasis: .bold)
    case .error: Look(foreground: 1, emphasis: .bold)
    case .number: Look(foreground: 6)
    case .lineHighlight: Look(foreground: 0, background: 2)
    }
  }

  private static func none(_ role: Role) -> Look {
    switch role {
    case .title, .key, .accent, .running, .failed, .marker, .warning, .error: Look(emphasis: .bold)
    case .muted, .border, .pending, .done, .unknown, .awaiting: Look(emphasis: .dim)
    case .neverAwaited, .unfinished, .cancelled: Look(emphasis: .underline)
    case .cursor, .match: Look(emphasis: [.bold, .reverse])
    case .selection, .lineHighlight: Look(emphasis: .reverse)
    case .plain, .ready, .sleeping, .waiting, .number: Look()
    }
  }
}

/// A part of the screen. The lanes always stand; the others come and go by key and by room.
package enum Pane: String, CaseIterable, Sendable {
  case lanes
  case loop
  case inspector
  case source
  case output
  case events
  case findings
  case path

  /// The key that opens and closes it.
  package var key: Character? {
    switch self {
    case .lanes: nil
    case .loop: "l"
    case .inspector: "\r"
    case .source: "t"
    case .output: "o"
    case .events: "e"
    case .findings: "i"
    case .path: "P"
    }
  }
}

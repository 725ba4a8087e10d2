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

  /// The letter that opens and closes it. Enter does the inspector.
  package var key: Character? {
    switch self {
    case .lanes, .inspector: nil
    case .loop: "l"
    case .source: "t"
    case .output: "o"
    case .events: "e"
    case .findings: "i"
    case .path: "P"
    }
  }
}

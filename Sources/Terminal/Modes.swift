/// The modes that terminfo has no words for, with the control sequences that every terminal of
/// today shares: so they are sent whatever `TERM` says.
enum Modes {
  /// 1000 buttons, 1002 dragging, 1006 places beyond column 223, 2004 bracketed paste, 1004 focus.
  static func on(mouse: Bool) -> String {
    (mouse ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "") + "\u{1B}[?2004h\u{1B}[?1004h"
  }

  static let off =
    "\u{1B}[?2026l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?1006l\u{1B}[?2004l\u{1B}[?1004l"

  /// DECRQM; the parser takes the answer.
  static let synchronizedUpdatesQuestion = "\u{1B}[?2026$p"
}

import CNcurses
import CTerminal
package import TUI

/// The terminal's screen, keyboard and mouse, from ``open(_:)`` to ``close()``. One a process, used
/// by one thread.
///
/// Whatever happens meanwhile, the terminal is given back: at exit, by signals, in a crash (only
/// `SIGKILL` leaves no chance). What is written to standard error is held until then and printed
/// below the user's prompt, where it can be read.
package final class Terminal {
  package struct Options: Sendable {
    /// Colours, where the terminal has them and `NO_COLOR` is not set.
    package var usesColour = true
    /// Reports of the mouse. Without them the terminal's own way to select text works.
    package var usesMouse = true

    package init() {}
  }

  /// The screen's size, as of the last `resize` that
  /// ``wait(until:alsoReadable:beforeStop:)`` told of.
  package internal(set) var size: Size

  let options: Options
  let screen: OpaquePointer
  var painter: Painter
  var parser = InputParser()
  /// When an ESC that is held becomes a key.
  var escapeDeadline: UInt64?
  /// What was read and then put back.
  private var unread: [Input] = []
  var isOpen = true

  init(size: Size, options: Options, screen: OpaquePointer, painter: Painter) {
    self.size = size
    self.options = options
    self.screen = screen
    self.painter = painter
  }

  deinit { close() }

  /// Keeps what the user did for the next ``wait(until:alsoReadable:beforeStop:)``: it was meant
  /// for the screen that comes next.
  package func putBack(_ inputs: some Sequence<Input>) { unread += inputs }

  /// Hands out what was put back.
  func takeUnread() -> [Input] {
    defer { unread = [] }
    return unread
  }

  /// Shows a picture. Only what has changed is sent: nothing for the same picture again.
  package func show(_ frame: Frame) {
    guard isOpen, painter.paint(frame, on: size) else { return }
    update()
  }

  /// Sends the whole picture again, for a screen that something else has written on.
  package func redraw() {
    guard isOpen else { return }
    clearok(cn_curscr(), true)
    update()
  }

  /// Gives the terminal back. Doing it again does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    terminal_restore()
    delscreen(screen)
  }

  /// Gives the terminal back and ends the process as the signal does, so that a shell sees why.
  package func end(bySignal signal: Int32) -> Never {
    terminal_end_by_signal(signal)
  }

  /// Sends what ncurses has been told, in one piece where the terminal can hold it back so long.
  func update() {
    wnoutrefresh(cn_stdscr())
    let isHeld = parser.honoursSynchronizedUpdates
    if isHeld { writeToTerminal("\u{1B}[?2026h") }
    doupdate()
    if isHeld { writeToTerminal("\u{1B}[?2026l") }
  }
}

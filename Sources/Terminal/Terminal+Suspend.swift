import CNcurses
import CTerminal
import TUI

extension Terminal {
  /// Stops the process as Ctrl-Z does in a shell: gives the terminal back first and, when `fg`
  /// continues it, takes it again and repaints the last picture at the new size. A process that
  /// was continued only to end (`kill %1`) leaves the shell's screen alone.
  package func suspend() {
    guard isOpen else { return }
    writeToTerminal(Modes.off)
    endwin()
    terminal_restore_modes()
    terminal_stop()
    guard terminal_ending_signal() == 0 else { return close() }
    terminal_enter()
    repaint()
  }

  /// Takes the screen again after a stop that could not be seen coming (`SIGSTOP`): a shell has
  /// changed the modes and written on the picture meanwhile.
  func takeScreenAgain() {
    guard isOpen else { return }
    endwin()
    repaint()
  }

  /// After endwin() the first update sets the modes and enters the screen.
  private func repaint() {
    _ = followSize()
    clearok(cn_curscr(), true)
    switchModesOn()
    update()
  }
}

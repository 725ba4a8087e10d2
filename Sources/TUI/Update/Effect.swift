/// What the model asks of the world outside: it does nothing itself.
package enum Effect: Equatable, Sendable {
  case quit
  /// Ends as Ctrl-C ends any program, so that a shell sees it.
  case interrupt
  /// Gives the terminal back to the shell until `fg`.
  case suspend
  /// Sends the whole picture again, for a screen that something else has written on.
  case redraw
  /// Asks the source for one handle.
  case step
  /// Asks the source for what is due up to a moment, in nanoseconds since the start of the run.
  case run(until: Int64)
  /// Asks the source to stand still.
  case hold
  /// Runs the same program again from nothing.
  case restart
  /// Writes the run so far to a file.
  case write(path: String)
  /// Sends a text to the program's standard input; nil closes it.
  case input(String?)
  /// Does to the program what a Ctrl-C in its own terminal would do.
  case interruptProgram
  /// Goes back to the menu of the demos.
  case menu
}

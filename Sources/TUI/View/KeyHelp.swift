import Trace

/// The keys as the help lists them, and the states of lanes in other words.
package enum KeyHelp {
  static let sections: [(title: String, keys: [(keys: String, does: String)])] = [
    (
      "Moving in the run",
      [
        ("space p", "play, pause; a live loop is held while paused"),
        (". →", "one step forward: one handle of the ready queue"),
        (", ←", "one step back"),
        ("> <", "one event forward, back; the last row says what it was"),
        ("+ - =", "twice as fast, half as fast, as it passed"),
        ("0 … 9", "go to 0 … 90 % of what is known"),
        ("PgUp PgDn", "10 % back, forward"),
        ("Home End", "the start, the live edge"),
        ("m  [ ]", "set a marker; previous, next marker"),
        ("/  n N", "search names, output and kinds of events; next, previous match"),
        ("r", "run again from the start"),
      ]
    ),
    (
      "Lanes",
      [
        ("↑ ↓ j k", "choose a lane (Tab chooses what they scroll)"),
        ("g G", "first, last lane"),
        ("Esc", "follow the lane that runs"),
        ("w", "why is it in this state, why did this step run now"),
        ("Enter", "open the lane in the inspector"),
        ("f c", "filter lanes by name or task; clear the filter"),
        ("d", "hide lanes that are DONE or cancelled, show them again"),
        ("s S", "sort by the next, previous column"),
        ("z Z a", "zoom the axis in, out; show the whole run"),
        ("x", "a column is: an event or time, time, an event"),
        ("v", "show what comes after the cursor"),
      ]
    ),
    (
      "Panes",
      [
        ("o e l t i", "output, events, loop, source (text), findings (insight)"),
        ("P", "path: what the lane's time went to; the rest of the bars is dotted"),
        ("Tab Shift-Tab", "next, previous pane"),
        ("R", "write the run to a file"),
        (":", "send a line to a Python program; there Ctrl-D ends its input, Ctrl-C is its own"),
        ("? h F1", "this help"),
        ("Backspace", "the menu of the demos"),
        ("Ctrl-Z", "suspend; fg returns"),
        ("Ctrl-L", "draw the screen again"),
        ("q Ctrl-C", "quit"),
      ]
    ),
  ]

  /// What the panes and the sentences speak of.
  package static let words: [(word: String, meaning: String)] = [
    ("coroutine", "what a call of an async function gives: it runs once awaited, or as a task"),
    ("task", "a coroutine that the loop runs, one step after the other"),
    ("future", "a result that is still to come; a task is one, and a sleep or a gather makes one"),
    ("handle", "a call that the loop is to make: the first step of a task, a wakeup, a callback"),
    ("ready queue", "the handles that can run now, in the order in which they came"),
    ("wakeup", "the handle with which a task goes on once what it waited for is done"),
    ("report", "the call by which a member of a gather or a wait says that it is done"),
    ("step", "one handle, taken from the front of the ready queue and run"),
    ("tick", "one turn of the loop: timers that are due get ready, then all that was ready runs"),
    ("event", "one recorded fact; a step has several"),
    ("lane", "the row of one coroutine"),
    ("live edge", "the last event that is known; a live run goes on from there"),
  ]

  static func meaning(of state: LaneState) -> String {
    switch state {
    case .pending: "it was made, and no line of it has run"
    case .ready: "its next step is in the ready queue"
    case .running: "its code is on the loop now"
    case .awaiting: "at its await of a coroutine that is no task"
    case .sleeping: "until its timer fires"
    case .waiting: "for a task, future, lock, queue, input or output"
    case .done: "it returned"
    case .failed: "it ended with an exception"
    case .cancelled: "it ended with a CancelledError"
    case .neverAwaited: "it died, and no line of it had run"
    case .unfinished: "the run ended first"
    case .unknown: "events were lost, nothing was heard of it since"
    }
  }
}

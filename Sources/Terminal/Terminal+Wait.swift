import CTerminal
import TUI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// How long an ESC is held before it is the Escape key: 25 ms, longer than any terminal takes to
  /// send the rest of a sequence and shorter than anybody notices.
  private static let escapeTime: UInt64 = 25_000_000

  /// Waits until there is something to do; uses no processor time meanwhile.
  ///
  /// A stop from outside (`kill -TSTP`) is obeyed in here, and after a stop the picture is sent
  /// again, followed by a `resize` so that the caller can draw anew.
  ///
  /// - Parameters:
  ///   - deadline: a time of ``monotonicNanoseconds()``; 0 only looks, nil waits for ever.
  ///   - alsoReadable: other descriptors to watch.
  ///   - beforeStop: called before a stop is obeyed; there is no time for it before `SIGSTOP`.
  package func wait(
    until deadline: UInt64?, alsoReadable: [Int32] = [], beforeStop: () -> Void = {}
  ) -> Wakeup {
    var wakeup = Wakeup(inputs: takeUnread(), ending: endingSignal)
    if !wakeup.inputs.isEmpty { return wakeup }
    while isOpen, wakeup.ending == nil {
      let isWoken = pollOnce(until: deadline, alsoReadable, &wakeup)
      takeSignals(&wakeup, beforeStop)
      let now = monotonicNanoseconds()
      if let escapeDeadline, escapeDeadline <= now {
        wakeup.inputs += parser.flushEscape()
        self.escapeDeadline = nil
      }
      let isDue = deadline.map { $0 <= now } ?? false
      if isWoken || isDue || wakeup != Wakeup() { break }
    }
    terminal_trim_errors()
    return wakeup
  }

  /// - Returns: whether a signal came or one of the other descriptors has something to read.
  private func pollOnce(
    until deadline: UInt64?, _ alsoReadable: [Int32], _ wakeup: inout Wakeup
  ) -> Bool {
    let watched = [STDIN_FILENO, terminal_wake_descriptor()] + alsoReadable
    var polled = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let next = [deadline, escapeDeadline].compactMap(\.self).min()
    let ready = terminal_poll(&polled, UInt32(polled.count), Terminal.timeout(until: next))
    // Interrupted by a signal: its handler has written to the wake pipe.
    guard ready > 0 else { return false }
    if polled[0].revents != 0 { readInput(&wakeup) }
    if polled[1].revents != 0 { terminal_forget_wakes() }
    return polled.dropFirst().contains { $0.revents != 0 }
  }

  /// Nanoseconds from now; -1 for ever.
  private static func timeout(until deadline: UInt64?) -> Int64 {
    guard let deadline else { return -1 }
    let now = monotonicNanoseconds()
    return deadline <= now ? 0 : Int64(clamping: deadline - now)
  }

  private func readInput(_ wakeup: inout Wakeup) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count > 0 {
      wakeup.inputs += parser.feed(bytes[..<count])
      escapeDeadline =
        parser.isHoldingEscape ? monotonicNanoseconds() + Terminal.escapeTime : nil
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      // The terminal is gone, though nobody has sent the signal that says so.
      wakeup.ending = SIGHUP
    }
  }

  private var endingSignal: Int32? {
    let signal = terminal_ending_signal()
    return signal == 0 ? nil : signal
  }

  private func takeSignals(_ wakeup: inout Wakeup, _ beforeStop: () -> Void) {
    if let endingSignal {
      // Nothing is drawn any more, least of all over a shell's prompt.
      wakeup.ending = endingSignal
      return
    }
    let events = Int(terminal_take_events())
    if events & (TERMINAL_STOP | TERMINAL_CONTINUED) != 0 { wakeup.wasStopped = true }
    if events & TERMINAL_STOP != 0 {
      beforeStop()
      suspend()
      wakeup.ending = endingSignal
      wakeup.inputs.append(.resize(size))
    } else if events & TERMINAL_CONTINUED != 0 {
      takeScreenAgain()
      wakeup.inputs.append(.resize(size))
    } else if events & TERMINAL_RESIZED != 0, followSize() {
      wakeup.inputs.append(.resize(size))
    }
  }

  /// - Returns: whether the screen's size is another than before.
  func followSize() -> Bool {
    guard let current = Terminal.currentSize(), current != size else { return false }
    size = current
    fitCurses()
    return true
  }
}

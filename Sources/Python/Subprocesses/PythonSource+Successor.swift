package import Trace

/// What other processes of the program do. The first one is watched until another runs a loop, that one until
/// its end, and so on.
extension PythonSource {
  package var hasSuccessor: Bool {
    !isOver && (hasEnded || process.givesWay) && door?.hasGuest() == true
  }

  package func successor() -> (any Source)? {
    guard hasSuccessor, let guest = door?.takeGuest(),
      let other = process.sibling(over: guest, pipes: pipes),
      let fresh = try? PythonSource(other, running: program, door: door, isHeld: true)
    else { return nil }
    fresh.notices.append(
      "Another process of the program runs a loop: this is what it does. Others run unwatched meanwhile."
    )
    isOver = true
    // This one may have been held, and nobody would let it go.
    process.command("go")
    return fresh
  }

  /// One that has come while this process runs is let go, if this one does not give way: it must not wait for us.
  func refuseGuest() {
    guard !process.givesWay, let guest = door?.takeGuest() else { return }
    process.sibling(over: guest, pipes: [])?.command("leave")
  }
}

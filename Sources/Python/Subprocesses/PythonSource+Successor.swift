package import Trace

/// What other processes of the program do. The first one is watched until another runs a loop, that one until
/// its end, and so on.
extension PythonSource {
  package var hasSuccessor: Bool {
    guard let door, !isOver else { return false }
    guard hasEnded || process is Child else {
      door.refuseGuests()
      return false
    }
    if hasEnded {
      // Nothing of the program may wait for us meanwhile.
      process.lookForEnd()
      _ = readPipes(atMost: Self.mostBytes)
    }
    return door.hasGuest()
  }

  package func successor() -> (any Source)? {
    guard hasSuccessor, let socket = door?.takeGuest(), let child = child else { return nil }
    let other = Subprocess(of: child, socket: socket, pipes: pipes)
    guard let fresh = try? PythonSource(other, running: program, door: door, isHeld: true) else {
      return nil
    }
    let name = other.number.map { "Process \($0)" } ?? "Another process"
    fresh.notices.append(
      "\(name) of the program runs a loop: this is what it does. Others run unwatched meanwhile.")
    isOver = true
    // The one before may have been held, and nobody would let it go.
    process.command("go")
    return fresh
  }

  private var child: Child? { process as? Child ?? (process as? Subprocess)?.child }
}

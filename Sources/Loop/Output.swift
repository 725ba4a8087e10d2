public import Trace

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints as Python's `print` does. On a loop, the text belongs to the coroutine that printed it.
public func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  let line = items.map { pythonText($0, quoted: false) }.joined(separator: separator) + terminator
  if let loop = CurrentLoop.loop {
    loop.write(line, to: .stdout)
  } else if let place = WorkPlace.current {
    place.say(line)
  } else {
    writeToStandardStreams(line, .stdout)
  }
}

/// Writes a text to the process's own stdout or stderr.
public func writeToStandardStreams(_ text: String, _ stream: Stream) {
  var text = text
  let descriptor = stream == .stdout ? STDOUT_FILENO : STDERR_FILENO
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno != EINTR && errno != EAGAIN { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
    }
  }
}

extension EventLoop {
  /// The lane whose code is on the loop now.
  var runningLane: LaneID {
    unmanagedTask?._withUnsafeGuaranteedRef { $0.innermost?.lane } ?? .none
  }

  /// Records what the running coroutine prints, and hands it on. A closed loop says nothing.
  func write(_ text: String, to stream: Stream) {
    guard !isClosed else { return }
    if let recorder {
      recorder.record(.output(recorder.append(text: text), by: runningLane, stream))
    }
    echo?(text, stream)
  }

  /// Mirrors `warnings.warn`.
  ///
  /// - Parameter place: file and line, as Python puts them before a warning.
  func warn(_ category: String, _ message: String, at place: String? = nil) {
    guard !isClosed else { return }
    let text = "\(category): \(message)"
    if let recorder {
      recorder.record(.warned(recorder.intern(text), by: runningLane))
    }
    echo?((place.map { "\($0): " } ?? "") + text + "\n", .stderr)
  }
}

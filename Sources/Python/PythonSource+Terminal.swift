import Trace

/// What a terminal does for a program: its input, Ctrl-C, and waiting for its output.
extension PythonSource {
  package var takesInput: Bool { process.takesInput }

  package func send(input: String?) {
    guard takesInput else { return }
    process.write(input: input)
    transcript.advance(to: realTime)
    let words = input.map { "input: \($0.split(separator: "\n").joined(separator: " "))" }
    transcript.append(text: words ?? "end of input") { .marked($0) }
  }

  package func interrupt() {
    guard process.end == nil else { return }
    process.interrupt()
    transcript.advance(to: realTime)
    transcript.append(text: "Ctrl-C") { .marked($0) }
  }

  /// Waits until something has come, for some time at most.
  package func waitForMore(milliseconds: Int32) {
    Descriptor.wait(for: descriptors, milliseconds: milliseconds)
  }
}

import Testing
import TmuxSupport

/// A file that may grow no further stands for a disk that is full.
@Suite struct FullDiskTests {
  /// A shell's limit, in blocks of 512 bytes or of 1024, and the program.
  private static let limited = #"ulimit -f 40 && "$@""#

  @Test func `a demo that is recorded says why its recording breaks off, and that plays`() throws {
    let scratch = try Scratch()
    let file = scratch.file("run.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "demo", "storm", "1000", through: Self.limited)
    #expect(answer.status == 1)
    #expect(answer.errors.hasPrefix("Error: The recording \(file) cannot be written: "))
    #expect(answer.errors.contains("is in \(file).part and can be played."))
    #expect(answer.errors.split(separator: "\n").count == 1)
    let events = try loopscope("events", file + ".part")
    #expect(events.status == 0)
    #expect(events.lines.contains { $0.contains("main() created drop(0)") })
  }

  @Test(.whereTmuxIs, .inTerminals)
  func `a run that is watched goes on, and says why when the screen is gone`() async throws {
    let scratch = try Scratch()
    let file = scratch.file("run.jsonl")
    let script = scratch.file("limited.sh")
    _ = try scratch.write("\(Self.limited)\n", to: "limited.sh")
    let tmux = try Tmux(
      running: [
        "/bin/sh", script, builtProduct("loopscope"), "demo", "storm", "1000", "--record", file,
      ],
      columns: 160, rows: 30)
    try await tmux.wait(for: "The run has ended.")
    try tmux.send("i")
    try await tmux.wait(for: "cannot be written")
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 1)
    #expect(try tmux.screen().contains { $0.hasPrefix("Error: The recording \(file) cannot be") })
    #expect(try loopscope("play", file + ".part").output.contains("drop(0)"))
  }
}

import Demos
import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.whereTmuxIs, .inTerminals)
struct RecordingTests {
  @Test(arguments: Demo.all.map(\.name))
  func `two recordings of a demo are the same bytes`(demo: String) throws {
    let scratch = try Scratch()
    for name in ["a.jsonl", "b.jsonl"] {
      _ = try loopscope("record", "-o", scratch.file(name), "demo", demo)
      #expect(!scratch.exists(name + ".part"))
    }
    #expect(try scratch.bytes("a.jsonl") == scratch.bytes("b.jsonl"))
    #expect(scratch.size("a.jsonl") > 500)
  }

  @Test func `a compressed recording is smaller and plays the same`() async throws {
    let scratch = try Scratch()
    for name in ["a.jsonl", "a.jsonl.gz"] {
      _ = try loopscope("record", "-o", scratch.file(name), "demo", "order")
    }
    #expect(scratch.size("a.jsonl.gz") * 2 < scratch.size("a.jsonl"))
    let plain = try loopscope("play", scratch.file("a.jsonl"))
    let packed = try loopscope("play", scratch.file("a.jsonl.gz"))
    #expect(plain.status == 0 && plain.output.contains("stopping 4"))
    #expect(plain.output == packed.output)
  }

  @Test func `a recording tells its program's output and exit status as the program would`() throws
  {
    let scratch = try Scratch()
    let well = try loopscope("record", "-o", scratch.file("a.jsonl"), "demo", "ensure-future")
    #expect(well.status == 0)
    #expect(well.output == "C\nA\nB\nD\n")
    let badly = try loopscope("record", "-o", scratch.file("b.jsonl"), "demo", "reawait")
    #expect(badly.status == 1)
    #expect(badly.errors == "RuntimeError: cannot reuse already awaited coroutine\n")
    #expect(try loopscope("play", scratch.file("b.jsonl")).output.contains("RuntimeError"))
  }

  @Test func `a run that is begun again is recorded anew, and says so`() async throws {
    let scratch = try Scratch()
    let tmux = try await open("demo", "order", "--step", "--record", scratch.file("run.jsonl"))
    try tmux.send("....")
    try await tmux.wait(forStep: 4)
    try await tmux.type("r", toSee: "The recording begins anew too:")
    try tmux.send(".")
    try await tmux.wait(forStep: 1)
    try await tmux.quit()
    let answer = try loopscope("snapshot", scratch.file("run.jsonl"), "--size", "100x30")
    #expect(answer.output.contains("step 1 "))
  }

  @Test func `a run that is watched is recorded as it goes`() async throws {
    let scratch = try Scratch()
    let tmux = try await open("demo", "order", "--step", "--record", scratch.file("run.jsonl"))
    try tmux.send("....")
    try await tmux.wait(forStep: 4)
    #expect(scratch.exists("run.jsonl.part") && !scratch.exists("run.jsonl"))
    try tmux.send(",,")
    try await tmux.wait(forStep: 2)
    try await tmux.quit()
    #expect(!scratch.exists("run.jsonl.part"))
    // All that was run is there, though the view had gone back; and that it was quit is said.
    let answer = try loopscope("snapshot", scratch.file("run.jsonl"), "--size", "100x30")
    #expect(answer.output.contains("step 4 "))
    #expect(answer.errors.contains("ends before the run does"))
  }

  @Test(arguments: [Keys.controlC, "SIGTERM"])
  func `a watched run that is interrupted keeps its recording`(how: String) async throws {
    let scratch = try Scratch()
    let tmux = try await open("demo", "order", "--step", "--record", scratch.file("run.jsonl"))
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    if how == "SIGTERM" { kill(try #require(tmux.programID), SIGTERM) } else { try tmux.send(how) }
    #expect(try await tmux.exitStatus() == (how == "SIGTERM" ? 143 : 130))
    #expect(try loopscope("snapshot", scratch.file("run.jsonl")).output.contains("step 3 "))
  }

  @Test func `R writes what there is to a file that plays`() async throws {
    let scratch = try Scratch()
    let tmux = try await open("demo", "order", "--step")
    try tmux.send(".....")
    let before = try await tmux.wait(forStep: 5)
    try await tmux.type("R", toSee: "write the run to: order.jsonl")
    try await tmux.type(
      Keys.controlU + scratch.file("w.jsonl") + Keys.enter, toSee: "Wrote 56 events to ")
    try await tmux.type(
      "R" + Keys.controlU + "/nowhere/w.jsonl" + Keys.enter, toSee: "cannot be created")
    try await tmux.quit()
    let replay = try await open("play", scratch.file("w.jsonl"), "--at", "step:5")
    try tmux.send("m")
    #expect(try replay.screen().dropLast() == before.dropLast())
    try await replay.quit()
  }

  @Test(arguments: [("x.jsonl", 300_000), ("x.jsonl.gz", 20_000)])
  func `a recorder that is killed leaves a file that plays`(
    name: String, size: Int
  ) async throws {
    let scratch = try Scratch()
    let tmux = try launch([
      "record", "-o", scratch.file(name), "demo", "storm", "2000", "4000",
    ])
    try await tmux.wait(for: "a part of the recording") { _ in
      scratch.size(name + ".part") > size
    }
    kill(try #require(tmux.programID), SIGKILL)
    #expect(try await tmux.exitStatus() == 137)
    #expect(!scratch.exists(name))
    let part = scratch.file(name + ".part")

    let answer = try loopscope("play", part)
    #expect(answer.status == 0)
    #expect(answer.output.contains("drop(0)") && answer.output.contains("more lanes"))
    #expect(answer.errors.split(separator: "\n").count == 1)

    // Some million events may have come before the kill.
    let screen = try await open("play", part, "--step")
    try await screen.waitWhile(message: "Reading: ")
    try await screen.wait(forMessage: "The recording ")
    try screen.send("9")
    try await screen.wait(forMessage: "step ")
    #expect(try screen.screen()[1].contains("lanes "))
    try await screen.quit()
  }

  @Test func `a torn recording plays up to the tear and says so`() async throws {
    let scratch = try Scratch()
    _ = try loopscope("record", "-o", scratch.file("a.jsonl"), "demo", "order")
    _ = try loopscope("record", "-o", scratch.file("a.jsonl.gz"), "demo", "order")
    for name in ["a.jsonl", "a.jsonl.gz"] {
      let torn = try scratch.write(
        try scratch.bytes(name).prefix(scratch.size(name) * 3 / 4 + 1), to: "torn-" + name)
      let answer = try loopscope("play", torn)
      #expect(answer.status == 0)
      #expect(answer.output.contains("starting 3") && !answer.output.contains("stopping 4"))
      #expect(answer.errors.hasPrefix("The recording "))
      #expect(answer.errors.split(separator: "\n").count == 1)
      let tmux = try await open("play", torn, "--step")
      try await tmux.wait(forMessage: "The recording ")
      try tmux.send(".")
      try await tmux.wait(forStep: 1)
      try await tmux.quit()
    }
  }
}

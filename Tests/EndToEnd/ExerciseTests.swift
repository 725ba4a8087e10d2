import Testing
import TmuxSupport

/// A Python script that somebody else shall learn from.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct ExerciseTests {
  private static let exercise = """
    #!/usr/bin/env python3
    \"\"\"Who is first?

    Before you press the full stop for the first time, write down the order of
    the three letters.
    \"\"\"
    import asyncio

    async def speak(letter):
        print(letter)

    async def main():
        for done in asyncio.as_completed([speak('C'), speak('A'), speak('T')]):
            await done

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test func `its lesson is told live and from the recording, before anything has run`()
    async throws
  {
    let scratch = try Scratch()
    let script = try scratch.write(Self.exercise, to: "exercise.py")
    let file = scratch.file("exercise.jsonl")
    #expect(try loopscope("record", "-o", file, "python", script).status == 0)
    for arguments in [["python", "--step", script], ["play", "--step", file]] {
      let tmux = try launch(arguments)
      let first = try await tmux.wait(forMessage: "? tells what this is about: Who is first?")
      #expect(first[1].contains("lanes 1 "), "main() has not made the others")
      let help = try await tmux.type("?", toSee: "Moving in the run")
      #expect(help.contains { $0.contains("│ Who is first?") })
      // The lines of the script are not those of the screen.
      #expect(help.contains { $0.contains("│ of the three letters. ") })
      try tmux.send(Keys.escape)
      try await tmux.wait(without: "Moving in the run")
      try await tmux.quit()
    }
  }

  @Test func `a demo keeps its own lesson, and a script of a demo's name does not get it`()
    async throws
  {
    let scratch = try Scratch()
    _ = try scratch.write(
      """
      import asyncio
      asyncio.new_event_loop().run_until_complete(asyncio.sleep(0))
      """, to: "order")
    let file = scratch.file("order.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "python", "order", through: "cd \(scratch.path) && \"$@\"")
    #expect(answer.status == 0)
    let tmux = try await open("play", "--step", file)
    let help = try await tmux.type("?", toSee: "Moving in the run")
    #expect(!help.contains { $0.contains("one after the other") })
    try tmux.send(Keys.escape)
    try await tmux.wait(without: "Moving in the run")
    try await tmux.quit()
  }
}

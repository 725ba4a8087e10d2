import Foundation
import Testing
import TmuxSupport

/// `loopscope explore`: programs in orders in which they do not run as a rule.
@Suite(.wherePythonIs)
struct ExploreTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Goes well as long as no timer is late.
  static let race = """
    import asyncio
    session = {}
    async def login():
        await asyncio.sleep(0.2)
        session['token'] = 'secret'
    async def load(page):
        await asyncio.sleep(0.21)
        return page + session['token']
    async def main():
        asyncio.ensure_future(login())
        first = asyncio.ensure_future(load('home'))
        print(await load('news'), await first)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test func `what goes wrong in some order is found, explained and shown again`() throws {
    let script = try scratch.write(Self.race, to: "a race.py")
    let folder = scratch.file("kept")
    let answer = try loopscope("explore", "--runs", "20", "-o", folder, script)
    #expect(answer.status == 1 && answer.errors.isEmpty)
    let lines = answer.lines
    #expect(lines.first?.hasPrefix("20 runs of \(script), ") == true)
    #expect(lines.contains { $0.contains("  exit status 0 (the first: seed ") })
    let failed = try #require(
      lines.first { $0.contains("  KeyError: 'token' (exit status 1) (the first: seed ") })
    #expect(
      lines.contains {
        $0.hasSuffix("because the timer that login() set in step 2 fired at 0.200 s")
      })

    // The one before the chance that decides went well, and the command shows the other.
    let command = try #require(lines.first { $0.hasPrefix("  loopscope python ") })
    func value(_ option: String) throws -> String {
      let words = command.split(separator: " ").map(String.init)
      let place = try #require(words.firstIndex(of: option))
      return words[place + 1]
    }
    let seed = try value("--seed")
    #expect(failed.hasSuffix("(the first: seed \(seed))"))
    let chances = try #require(Int(value("--chances")))
    #expect(command.hasSuffix(" --step '\(script)'"))
    for (count, status) in [(chances, Int32(1)), (chances - 1, 0)] {
      let again = try loopscope(
        "record", "-o", scratch.file("again.jsonl"), "python", "--clock", "virtual", "--seed", seed,
        "--chances", "\(count)", script)
      #expect(again.status == status, "\(count) chances")
      let screen = try loopscope("snapshot", scratch.file("again.jsonl"), "--size", "200x20")
      let told = ", seed \(seed), \(count) chance\(count == 1 ? "" : "s") · CPython "
      #expect(screen.lines.first?.contains(told) == true)
    }
    let kept = try loopscope("findings", folder + "/seed-\(seed).jsonl")
    #expect(kept.output.contains("The run ended with KeyError: 'token'"))
    let screen = try loopscope("snapshot", folder + "/seed-\(seed).jsonl", "--size", "200x20")
    #expect(screen.lines.first?.contains(" · virtual clock, seed \(seed) · CPython ") == true)
  }

  @Test func `a program that asyncio's promises keep in order goes well`() throws {
    let script = try scratch.write(
      """
      import asyncio
      seen = []
      async def turn(n):
          for _ in range(3):
              seen.append(n)
              await asyncio.sleep(0)
      async def main():
          tasks = [asyncio.ensure_future(turn(n)) for n in range(3)]
          await asyncio.wait(tasks)
          assert seen == [0, 1, 2] * 3, seen
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """, to: "turns.py")
    let answer = try loopscope("explore", "--runs", "5", "--seed", "7", script)
    #expect(answer.status == 0 && answer.errors.isEmpty)
    #expect(
      answer.lines == [
        "5 runs of \(script), all went well:", "  5  exit status 0 (the first: seed 7)",
      ])
  }

  @Test func `one that stands still and one that never ends are told`() throws {
    let program = """
      import asyncio, sys
      async def main():
          while sys.argv[1] == 'endless':
              await asyncio.sleep(1)
          await asyncio.get_event_loop().create_future()
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let script = try scratch.write(program, to: "stuck.py")
    let still = try loopscope("explore", "--runs", "2", script, "still")
    #expect(still.status == 1)
    #expect(still.lines[0] == "2 runs of \(script), 2 failed:")
    #expect(still.lines[1].hasPrefix("  2  Nothing can happen any more: main() waits "))
    let endless = try loopscope("explore", "--runs", "2", "--max-events", "2000", script, "endless")
    #expect(endless.status == 1)
    #expect(
      endless.lines[1] == "  2  Still ran after 2000 events. (the first: seed 1)")
  }

  @Test func `of a test runner the test that failed is told, and two kinds of failure apart`()
    throws
  {
    let script = try scratch.write(
      """
      import asyncio, random, sys
      async def test_one():
          raise ValueError('first line\\nsecond line')
      async def test_two():
          assert False, 'number %d' % random.randrange(9)
      async def main():
          results = await asyncio.gather(
              test_two() if sys.flags.hash_randomization and hash('x') % 2 else test_one(),
              return_exceptions=True)
          sys.exit(len(results))
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """, to: "runner.py")
    let answer = try loopscope("explore", "--runs", "12", script)
    #expect(answer.status == 1)
    let kinds = answer.lines.dropFirst().prefix { $0.contains("(the first: seed") }
    #expect(kinds.count == 2)
    #expect(
      kinds.contains {
        $0.contains("  test_one() failed: ValueError: first line (exit status 1) (")
      })
    #expect(kinds.contains { $0.contains("  test_two() failed: AssertionError: number ") })
    // What decides it is no chance of ours, so nothing is said of that.
    #expect(!answer.output.contains("chance"))
  }

  @Test(arguments: [1, 3])
  func `a signal that ends it tells what is known by then, and ends all that runs`(jobs: Int)
    throws
  {
    let seen = scratch.file("runs")
    let slow = try scratch.write(
      "import os; open('\(seen)', 'a').write('%d\\n' % os.getpid())\n" + Self.race, to: "slow.py")
    let answer = try loopscope(
      "explore", "--runs", "100000", "--jobs", "\(jobs)", slow,
      through: """
        "$@" & until [ "$(wc -l <'\(seen)' 2>&1)" -gt 6 ] 2>&-; do sleep 0.05; done; kill -TERM $!; \
        wait $!; echo "ended with $?"
        """)
    #expect(answer.lines[0].hasSuffix(", then it was interrupted:"))
    #expect(answer.lines.last == "ended with 143")
    let processes = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n")
    #expect(processes.count > 6)
    for process in processes {
      #expect(kill(try #require(pid_t(process)), 0) == -1, "\(process)")
    }
  }

  @Test func `several at once come out as one after the other`() throws {
    let script = try scratch.write(Self.race, to: "race.py")
    let answers = try [1, 4].map { jobs in
      try loopscope(
        "explore", "--runs", "20", "--jobs", "\(jobs)", "--json", "-o", scratch.file("\(jobs)"),
        script)
    }
    #expect(answers.allSatisfy { $0.status == 1 && $0.errors.isEmpty })
    let explored = try answers.map(Explored.init)
    #expect(explored[0].outcomes == explored[1].outcomes && explored[0].outcomes.count == 2)
    #expect(explored[0].worst == explored[1].worst && explored[0].worst?.decides == "chance")
    let kept = try [1, 4].map { jobs in
      try FileManager.default.contentsOfDirectory(atPath: scratch.file("\(jobs)")).sorted()
    }
    #expect(kept[0] == kept[1] && kept[0].count == 2)
  }

  @Test func `what fails only beside another run is told as such`() throws {
    let (taken, met) = (scratch.file("taken"), scratch.file("met"))
    // The first waits until another one finds that it has come too late.
    let script = try scratch.write(
      """
      import os, time
      try:
          os.mkdir('\(taken)')
      except OSError:
          open('\(met)', 'w')
          raise SystemExit('taken')
      while not os.path.exists('\(met)'):
          time.sleep(0.01)
      os.rmdir('\(taken)')
      """, to: "alone.py")
    let answer = try loopscope("explore", "--runs", "4", "--jobs", "2", script)
    #expect(answer.status == 1 && answer.lines[0].hasPrefix("4 runs of \(script), "))
    #expect(answer.output.contains(" went otherwise: another run beside it (--jobs), a thread, "))
  }

  @Test func `an interpreter that does not begin ends it, also with several at once`() throws {
    let broken = try scratch.write("#!/bin/sh\n[ $1 = -V ] && echo Python 3.12.1\n", to: "python")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: broken)
    let script = try scratch.write("", to: "x.py")
    let answer = try loopscope(
      "explore", "--runs", "9", "--jobs", "3", "--python", broken, script)
    #expect(answer.status == 1 && answer.output.isEmpty)
    #expect(answer.errors.hasPrefix("Error: "), "\(answer.errors)")
    #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
  }

  @Test(arguments: [
    (["--runs", "0", "x.py"], "Error: --runs must be at least 1."),
    (["--jobs", "0", "x.py"], "Error: --jobs must be at least 1."),
    (["--jobs", "201", "x.py"], "Error: --jobs must be at most 200."),
    ([], "Error: Which program? Name a script, or a module with -m."),
    (["missing.py"], "Error: The script missing.py cannot be read: "),
  ])
  func `wrong usage is one sentence`(arguments: [String], sentence: String) throws {
    let answer = try loopscope(all: ["explore"] + arguments)
    #expect(answer.errors.hasPrefix(sentence), "\(answer.errors)")
    #expect(answer.output.isEmpty)
  }

  @Test func `a folder that cannot be made is told before anything runs`() throws {
    let ran = scratch.file("ran")
    let script = try scratch.write("open('\(ran)', 'w')", to: "script.py")
    let answer = try loopscope("explore", "-o", scratch.file("no/such"), script)
    #expect(answer.status == 1 && answer.output.isEmpty && !scratch.exists("ran"))
    #expect(answer.errors.contains("no/such cannot be made: No such file or directory."))
  }

  @Test func `a seed needs what it is drawn for`() throws {
    for (options, sentence) in [
      (["--seed", "1"], "Error: --seed needs --clock virtual: real time goes by no seed.\n"),
      (["--chances", "1"], "Error: --chances needs --seed, from which they are drawn.\n"),
      (
        ["--clock", "virtual", "--seed", "1", "--detail", "tasks"],
        "Error: --seed needs the loop, which --detail tasks and --keep-loop leave alone.\n"
      ),
    ] {
      let answer = try loopscope(all: ["python"] + options + ["x.py"])
      #expect(answer.errors == sentence)
      #expect(answer.status == 64)
    }
  }
}

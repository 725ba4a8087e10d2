import Foundation
import Testing
import TmuxSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Python programs where nobody watches.
@Suite(.wherePythonIs)
struct PythonPipeTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let program = """
    import asyncio, sys
    async def cat(n):
        await asyncio.sleep(0.01 * n)
        print('cat', n)
    async def main():
        print(sys.argv[1:], input())
        await asyncio.gather(cat(1), cat(2))
        raise ValueError('on purpose')
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test func `a recorded program is as it is alone, byte for byte`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let errors = scratch.file("errors")
    let plain = try run([
      "/bin/sh", "-c", "echo hello | python3 \"$@\" 2>\"$0\"", errors, script, "--help", "-o",
    ])
    let plainErrors = try String(contentsOfFile: errors, encoding: .utf8)
    let file = scratch.file("run.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "python", script, "--help", "-o", through: "echo hello | \"$@\"")
    #expect(answer.status == plain.status)
    #expect(answer.output == plain.output)
    #expect(answer.errors == plainErrors)
    let events = try loopscope("events", file)
    #expect(events.lines.contains { $0.contains("cat(2)") })
    #expect(events.lines.last?.contains("ValueError: on purpose") == true)
  }

  @Test func `options of the interpreter stand before the program`() throws {
    let script = try scratch.write(
      "import sys\nprint(sys.flags.dev_mode, sys.flags.optimize, sys.warnoptions[-1], sys.argv[1:])\n",
      to: "flags.py")
    let answer = try loopscope(
      "record", "-o", scratch.file("run.jsonl"), "python", "-X", "dev", "-OO", "-Wignore::Warning",
      script, "-u")
    #expect(answer.output == "True 2 ignore::Warning ['-u']\n", "\(answer.errors)")
    let named = try loopscope(
      "record", "-o", scratch.file("run.jsonl"), "python", "python3", "-X", "dev", "-OO",
      "-Wignore::Warning", script, "-u")
    #expect(named.output == answer.output, "\(named.errors)")
  }

  @Test func `stats and path say that what ran was another process`() throws {
    let script = try scratch.write(
      "import asyncio, os\nif os.fork(): os.wait()\nelse: os._exit(0)\n", to: "forks.py")
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "python", script)
    let stats = try loopscope(all: ["stats", file])
    #expect(stats.output.hasSuffix("Nothing ran.\n"))
    let path = try loopscope(all: ["path", file])
    for answer in [stats, path] {
      #expect(answer.errors.hasPrefix("The program has started another process"))
    }
  }

  @Test func `a recording called gz is compressed, and plays if its program was killed`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let file = scratch.file("run.jsonl.gz")
    _ = try loopscope("record", "-o", file, "python", script, through: "echo hello | \"$@\"")
    #expect(try loopscope("events", file).lines.contains { $0.contains("cat(2)") })
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)).starts(with: [0x1F, 0x8B]))

    let killed = try scratch.write(
      "import asyncio, os, signal\nasync def main():\n    print('here', flush=True)\n"
        + "    await asyncio.sleep(0.05)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        + "asyncio.new_event_loop().run_until_complete(main())\n", to: "killed.py")
    #expect(try loopscope("record", "-o", file, "python", killed).status == 128 + SIGKILL)
    #expect(try loopscope("events", file + ".part").lines.contains { $0.contains("here") })
  }

  @Test func `a recorded program takes signals itself`() throws {
    let script = try scratch.write(
      "import asyncio, os, signal\nasync def main():\n    os.kill(os.getpid(), signal.SIGUSR1)\n"
        + "asyncio.new_event_loop().run_until_complete(main())\n", to: "cats.py")
    let file = scratch.file("run.jsonl")
    let answer = try loopscope("record", "-o", file, "python", script)
    #expect(answer.status == 128 + SIGUSR1)
    #expect(try loopscope("events", file).lines.last?.hasSuffix("SIGUSR1") == true)
  }

  @Test func `in a pipe the program runs as alone, and its lanes come after it`() throws {
    let script = try scratch.write(Self.program, to: "cats.py")
    let answer = try loopscope("python", script, through: "echo hello | \"$@\"")
    #expect(answer.status == 1)
    #expect(answer.output.hasPrefix("[] hello\ncat 1\ncat 2\n\n"))
    #expect(answer.errors.hasSuffix("ValueError: on purpose\n"))
    #expect(answer.lines.contains { $0.hasPrefix("▸main()") && $0.contains("failed") })
    #expect(answer.lines.contains { $0.hasPrefix(" └ cat(2)") && $0.contains("DONE") })
  }

  @Test func `in a pipe it ends as the program ends`() throws {
    let script = try scratch.write(
      "import os, signal\nprint('here', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n",
      to: "cats.py")
    let file = scratch.file("run.jsonl")
    let answer = try loopscope("python", "--record", file, script)
    #expect(answer.status == 128 + SIGKILL)
    #expect(answer.output.hasPrefix("here\n"))
    #expect(try loopscope("events", file + ".part").status == 0)
  }

  @Test func `a module runs by its name, from the folder one is in`() throws {
    _ = try scratch.write(Self.program, to: "cats.py")
    let answer = try loopscope(
      "record", "-o", scratch.file("run.jsonl"), "python", "-m", "cats", "-m", "x",
      through: "cd \(scratch.path) && echo hello | \"$@\"")
    #expect(answer.output.hasPrefix("['-m', 'x'] hello\n"))
    #expect(answer.status == 1)
  }

  @Test func `the recorder can be printed, and is whole`() throws {
    let answer = try loopscope("python", "--print-recorder")
    #expect(answer.output.hasPrefix("\"\"\""))
    let file = try scratch.write(answer.output, to: "loopscope_recorder.py")
    #expect(try run(["python3", "-m", "py_compile", file]).status == 0)
  }

  @Test func `a recording that cannot be written is refused before the program runs`() throws {
    let program = try scratch.write("print('it ran')\n", to: "program.py")
    for path in ["", "/nowhere/x.jsonl", scratch.path, program + "/x.jsonl"] {
      for arguments in [
        ["record", "-o", path, "python", program], ["python", "--record", path, program],
      ] {
        let answer = try loopscope(all: arguments)
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty, "\(arguments)")
        #expect(answer.errors.contains("cannot be created"))
        #expect(answer.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test(
    arguments: [
      (["python"], "Which program? Name a script, or a module with -m.", 64),
      (["python", "-m"], "Which module? Name it after -m.", 64),
      (["python", "--nonsense", "x.py"], "Unknown option '--nonsense'.", 64),
      (["python", "-u", "-i", "x.py"], "Unknown option '-i'.", 64),
      (["python", "-X", "dev"], "Which program?", 64),
      (["python", "python3", "-u"], "Which program?", 64),
      (["python", "--python", "pypy", "python3", "x.py"], "Two interpreters are named: ", 64),
      (["python", "-u", "--step", "x.py"], "Options of loopscope stand before those of ", 64),
      (["python", "-u", "-c", "print(1)"], "put into one what -c is to run.", 64),
      (["python", "--clock", "sun", "x.py"], "The value 'sun' is invalid for '--clock", 64),
      (["python", "--speed", "0", "x.py"], "--speed must be more than 0.", 64),
      (["python", "--python", "/none", "x.py"], "There is no interpreter /none.", 1),
      (["record", "-o", "x", "python", "--keep-last", "0", "x.py"], "must be at least 1", 64),
      (["record", "-o", "x", "python"], "Which program?", 64),
    ])
  func `wrong usage is told in a sentence`(
    arguments: [String], sentence: String, status: Int32
  ) throws {
    let answer = try loopscope(all: arguments)
    #expect(answer.status == status)
    #expect(answer.errors.hasPrefix("Error: "))
    #expect(answer.errors.contains(sentence))
    #expect(answer.output.isEmpty)
  }
}

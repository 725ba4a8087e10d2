import Foundation
import Testing
import TmuxSupport

/// Programs that do what programs seldom do, or that are none at all.
@Suite(.wherePythonIs)
struct OddPythonTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    for folder in ["package/inner", "folder", "nothing"] {
      try FileManager.default.createDirectory(
        atPath: scratch.file(folder), withIntermediateDirectories: true)
    }
    for (name, text) in Self.files { _ = try scratch.write(text, to: name) }
  }

  private static let run = "loop = asyncio.new_event_loop()\nloop.run_until_complete(main())\n"

  private static let files = [
    "package/__init__.py": "",
    "package/__main__.py": """
    import asyncio, sys
    from . import other
    from .inner.deep import deep
    async def main():
        print(__name__, __package__, sys.argv[1:], other.number)
        await deep()
    \(run)
    """,
    "package/other.py": "number = 5\n",
    "package/inner/__init__.py": "",
    "package/inner/deep.py": "async def deep():\n    print(__name__)\n",
    "folder/__main__.py": "import sys\nprint(sys.argv, sys.path[0])\n",
    "empty.py": "",
    "plain.py": "print('no coroutine')\n",
    "broken.py": "def broken(:\n",
    "broken_within.py": "import asyncio\nasync def main():\n    import broken\n\(run)",
    "shell.sh": "#!/bin/sh\necho hello\n",
    "ends.py": """
    import asyncio, os, signal, sys
    async def main():
        await asyncio.sleep(0.01)
        print('before', flush=True)
        os.kill(os.getpid(), int(sys.argv[1]))
        await asyncio.sleep(0.5)
        print('after')
    \(run)
    """,
    "closes.py": """
    import asyncio, os
    async def main():
        os.closerange(3, 256)
        print('closed')
        os._exit(3)
    \(run)
    """,
    "moves.py": """
    import asyncio, os
    async def main():
        os.chdir('/')
        await asyncio.sleep(0.01)
        print('moved')
    \(run)
    """,
    "replaces.py": """
    import asyncio, os, sys
    async def main():
        print('before', flush=True)
        os.execv(sys.executable, [sys.executable, '-c', 'print("replaced")'])
    \(run)
    """,
    "floods.py": """
    import asyncio, sys
    async def main():
        print('x' * 1000000)
        for n in range(20000):
            print('line', n)
        sys.stdout.flush()
        sys.stdout.buffer.write(b'\\xff\\x00 raw')
        sys.stderr.write('error\\n' * 5000)
    \(run)
    """,
    "escapes.py": """
    import asyncio
    async def evil(text):
        await asyncio.sleep(0.01)
    async def main():
        print('\\x1b[2J\\x1b[31mred\\x1b]0;title\\x07\\x9b31m \\u202e |')
        print('\\x1b[?1049l\\x1bc')
        evil.__qualname__ = 'evil\\x1b[31m'
        await evil('\\x1b[2J')
        await evil('\\n\\n')
        raise RuntimeError('\\x1b[2Jboom\\x07')
    \(run)
    """,
    "counts.py": """
    import asyncio, multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    def square(n):
        return n * n
    async def main():
        with ProcessPoolExecutor(2) as pool:
            jobs = [asyncio.get_event_loop().run_in_executor(pool, square, n) for n in range(5)]
            print(await asyncio.gather(*jobs))
    if __name__ == '__main__':
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(main())
    """,
  ]

  /// In a folder of its own, with what it says on both streams, and how it ends.
  private func answer(_ command: [String], in name: String) throws -> [String] {
    let files = ["out", "err"].map { scratch.file("\(name).\($0)") }
    let shell = "cd \"$0\" && echo some input | \"$@\" >\(files[0]) 2>\(files[1])"
    let status = try TmuxSupport.run(["/bin/sh", "-c", shell, scratch.path] + command).status
    return try files.map {
      String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self)
    }
      + ["status \(status)"]
  }

  @Test(
    arguments: [
      ["-m", "package", "a", "-m"], ["folder", "x"], ["empty.py"], ["plain.py"], ["broken.py"],
      ["broken_within.py"], ["shell.sh"], ["none.py"], ["nothing"], ["-m", "none"],
      ["-m", "package.none"], ["-m", "json.tool", "--help"], ["ends.py", "\(SIGKILL)"],
      ["ends.py", "\(SIGTERM)"], ["ends.py", "\(SIGSEGV)"], ["ends.py", "\(SIGINT)"],
      ["ends.py", "\(SIGPIPE)"], ["closes.py"], ["moves.py"], ["replaces.py"], ["floods.py"],
      ["escapes.py"], ["counts.py"],
    ])
  func `what is recorded is as it would be alone, and its recording plays`(
    program: [String]
  ) throws {
    let plain = try answer(["python3"] + program, in: "plain")
    let file = scratch.file("run.jsonl")
    let recorded = try answer(
      [builtProduct("loopscope"), "record", "-o", file, "python"] + program, in: "recorded")
    #expect(recorded == plain)
    let played = try loopscope("play", scratch.exists("run.jsonl") ? file : file + ".part")
    #expect(played.status == 0)
    #expect(!played.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
  }
}

/// The same on the screen.
@Suite(.whereTmuxIs, .wherePythonIs, .inTerminals)
struct OddPythonScreenTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a script that is not there is told in a sentence, and no screen is opened`()
    async throws
  {
    let tmux = try launch(["python", scratch.file("none.py")])
    #expect(try await tmux.exitStatus() == 1)
    try tmux.expectRestored()
    let screen = try tmux.screen().joined()
    #expect(screen.contains("cannot be read: No such file or directory."))
  }

  @Test(
    arguments: [
      ("print('hello')\n", "The program made no coroutine.", "ended: exit status 0"),
      ("def broken(:\n", "SyntaxError", "ended: exit status 1"),
      ("import os\nos.abort()\n", "The program made no coroutine.", "ended by SIGABRT"),
      ("print('x' * 900000)\nprint('the end')\n", "the end", "ended: exit status 0"),
      ("print('\\x1b[2J\\x1bc\\x1b[?1049l')\n", "␛[2J␛c␛[?1049l", "ended: exit status 0"),
    ])
  func `what a program does is seen, and leaves the terminal as it was`(
    text: String, seen: String, ending: String
  ) async throws {
    let tmux = try launch(["python", try scratch.write(text, to: "odd.py")], columns: 160)
    try await tmux.wait(for: ending)
    try await tmux.wait(for: seen)
    try await tmux.quit()
  }
}

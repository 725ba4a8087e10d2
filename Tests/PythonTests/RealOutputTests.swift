import PythonSupport
import Testing
import Trace

@testable import Python

/// What real programs print, by the recorder and by their pipes.
@Suite(.whereInterpretersAre)
struct RealOutputTests {
  private let file = ProgramFile()

  /// Each line that it prints is told by the recorder; each `raw` one comes by the pipe alone.
  private static let outputs = """
    import asyncio, os, subprocess, sys

    encoding, errors = sys.argv[1].split(':')
    sys.stdout.reconfigure(encoding=encoding, errors=errors)

    async def main():
        print('\\U0001f408 as it is')
        print('\\udce9 half')
        for number in range(100000):
            print('line', number, 'x' * 40)
        await asyncio.sleep(0)
        print('y' * 5000000)
        await asyncio.sleep(0)
        sys.stdout.write('z' * 300000)
        await asyncio.sleep(0)
        print()
        sys.stdout.flush()
        os.write(1, b'raw \\xff\\n')
        subprocess.call(['echo', 'raw child'])
        print('last', flush=True)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(
    arguments: Interpreters.installed.filter { !$0.version.hasPrefix("3.6") }.suffix(2),
    ["utf-8:surrogateescape", "utf-8:replace", "latin-1:replace", "ascii:backslashreplace"])
  func `what the program prints is shown once, in whatever encoding, and raw text besides`(
    interpreter: Interpreter, encoding: String
  ) throws {
    let source = try file.start(Self.outputs, interpreter, encoding)
    let timeline = source.runToEnd()
    #expect(source.ending == "ended: exit status 0")
    var raw = ""
    for place in 0..<timeline.outputs.count {
      let output = timeline.output(place)
      if output.lane == .none { raw += timeline.text(output.text) }
    }
    // A failure is to show no megabytes.
    raw = String(raw.suffix(100))
    #expect(raw == "raw \u{FFFD}\nraw child\n")
    let printed = timeline.printed(on: .stdout)
    #expect(printed.utf8.count > 9_000_000)
    #expect(printed.contains("\u{1F408} as it is\n"))
  }

  private static let blocking = """
    import asyncio, sys

    async def main():
        print('flushed', flush=True)
        sys.stderr.write('a complaint\\n')
        sys.stderr.flush()
        sys.stdout.write('part')
        sys.stdout.flush()
        sys.stdin.readline()
        print(' of a line')

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `what a step prints before it blocks is shown at once, and once`(
    interpreter: Interpreter
  ) throws {
    let source = try file.start(Self.blocking, interpreter)
    var timeline = source.run(until: .max, budget: 1000).asTimeline
    source.collect(into: &timeline) { $0.printed(on: .stdout).hasSuffix("part") }
    #expect(timeline.printed(on: .stdout) == "flushed\npart")
    #expect(timeline.printed(on: .stderr) == "a complaint\n")
    source.send(input: "go on\n")
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(timeline.printed(on: .stdout) == "flushed\npart of a line\n")
    #expect(timeline.printed(on: .stderr) == "a complaint\n")
  }
}

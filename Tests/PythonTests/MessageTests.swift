import PythonSupport
import Testing

@testable import Python

/// What is told of exceptions in real programs whose arguments are more than words.
@Suite(.whereInterpretersAre)
struct MessageTests {
  private let file = ProgramFile()

  private func ending(of program: String, _ interpreter: Interpreter) throws -> String {
    let found = try file.found("The run ended with", in: program, interpreter)
    #expect(found.count == 1)
    return found.first ?? ""
  }

  @Test(arguments: Interpreters.installed)
  func `a script that does not compile tells why, and where`(interpreter: Interpreter) throws {
    let words = try ending(of: "import asyncio\n\ndef f(:\n    pass\n", interpreter)
    #expect(words.contains("The run ended with SyntaxError: "))
    let name = try #require(file.path.split(separator: "/").last)
    #expect(words.hasSuffix(" (\(name), line 3)"), "\(words)")
  }

  @Test(arguments: Interpreters.installed)
  func `a module that does not compile tells why, and where`(interpreter: Interpreter) throws {
    let words = try ending(
      of: """
        import asyncio

        async def main():
            compile('if True:\\npass', 'lib/settings.py', 'exec')

        loop = asyncio.new_event_loop()
        loop.run_until_complete(main())
        """, interpreter)
    #expect(words.contains("The run ended with IndentationError: expected an indented block"))
    #expect(words.contains(" (settings.py, line 2) (at line 4"), "\(words)")
  }

  @Test(arguments: Interpreters.installed)
  func `bytes that are not UTF-8 are told, with their place`(interpreter: Interpreter) throws {
    let words = try ending(of: "import asyncio\nb'caf\\xe9 '.decode('utf-8')\n", interpreter)
    #expect(
      words.hasSuffix(
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 3: "
          + "invalid continuation byte"))
  }
}

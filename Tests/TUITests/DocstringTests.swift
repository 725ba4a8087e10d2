import Demos
import Testing
import Trace
import TraceSamples

@testable import TUI

/// What a Python program says of itself at its top.
struct DocstringTests {
  private func model(_ source: String) -> Model {
    var run = Script()
    _ = run.task(run.lane("main()"))
    return run.model(rows: 24, sources: [RunHeader.SourceText(name: "app.py", text: source)])
  }

  @Test(arguments: [
    (#""""Who is first?""""#, "Who is first?"),
    ("#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\n'''Who?'''\nimport asyncio\n", "Who?"),
    ("\u{FEFF}\r\n'Who?'\r\n", "Who?"),
    ("\"Who?\"; import asyncio", "Who?"),
    ("r\"\"\"A \\d\"\"\"", "A \\d"),
    ("\"\"\"One \\\"\"\" two\"\"\"", "One \\\"\"\" two"),
    ("'It\\'s so'", "It\\'s so"),
  ])
  func `it is the string with which the module begins`(source: String, docstring: String) {
    #expect(TUI.docstring(of: source).map(String.init) == docstring)
  }

  @Test(arguments: [
    "", "# nothing else", "import asyncio\n\"\"\"Who?\"\"\"", "\"\"\"It never ends",
    "'nor\ndoes this'",
    "f\"\"\"Who?\"\"\"", "b'Who?'", "x = 'Who?'", "'It ends in a backslash\\",
  ])
  func `where the module begins with anything else there is none`(source: String) {
    #expect(TUI.docstring(of: source) == nil)
  }

  @Test func `one that is longer than any lesson is not looked for`() {
    #expect(TUI.docstring(of: "'''" + String(repeating: "x", count: 7990) + "'''") != nil)
    #expect(TUI.docstring(of: "'''" + String(repeating: "x", count: 8000) + "'''") == nil)
    // One character as people see it.
    #expect(TUI.docstring(of: "'''e" + String(repeating: "\u{301}", count: 4000) + "'''") == nil)
  }

  @Test func `its first line is the title, and the rest has no margin of its own`() {
    let model = model(
      "\"\"\"\n    Who is first?\n\n    Write down:\n\t\t- the order,\n\n    and why.\n\n    \"\"\"\n"
    )
    #expect(
      model.docstring
        == Model.Lesson(
          title: "Who is first?", lesson: "", note: "Write down:\n    - the order,\n\nand why."))
    #expect(self.model("'''\n \n'''").docstring == nil)
    #expect(self.model("'Who?'").docstring?.note == "")
  }

  @Test func `a line that was full goes on with the next, a short one does not`() {
    let full = "Before you press the full stop for the first time, write down the order"
    let model = model("'''Who?\n\n\(full)\nof the letters.\nWhich line gives the loop away?\n'''")
    #expect(
      model.docstring?.note == "\(full) of the letters.\nWhich line gives the loop away?")
    let list = self.model("'''Who?\n\n\(full)\n- of letters\n- of lines\n'''")
    #expect(list.docstring?.note == "\(full)\n- of letters\n- of lines")
  }

  @Test func `nothing in it can steer the terminal`() {
    let model = model("'''Who\u{1B}[31m?\n\nLook\u{202E}here\u{7}'''")
    #expect(model.docstring?.title == "Who\\x1b[31m?")
    #expect(model.docstring?.note == "Look\\u{202e}here\\x07")
  }

  @Test func `the help begins with it, and a run that is opened paused says so`() {
    var model = model("'''Who is first?\n\nWrite down the order.'''")
    model.tellDocstring()
    #expect(view(of: model).lines.last == " ? tells what this is about: Who is first?")
    _ = model.update(.key(Key("?")))
    let lines = view(of: model).lines
    #expect(lines[2].contains("│ Who is first?"))
    #expect(lines[3].contains("│ Write down the order."))
    #expect(lines[5].contains("│ Moving in the run"))
  }

  @Test func `what is wrong with the recording is more important`() {
    var model = model("'''Who is first?'''")
    model.notice("The recording breaks off in line 3.")
    model.tellDocstring()
    #expect(model.message == "The recording breaks off in line 3.")
  }

  @Test func `a program without one and a demo say nothing`() throws {
    var none = model("import asyncio\n")
    none.tellDocstring()
    #expect(none.message == nil)
    let demo = try #require(Demo.named("order"))
    #expect(DemoScreen(demo).model.docstring == nil)
  }
}

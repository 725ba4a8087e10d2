import Foundation
import Testing
import TmuxSupport
import Trace

@testable import Python

struct InterpreterTests {
  /// Folders with programs in them that print a version.
  private final class Machine {
    let root = NSTemporaryDirectory() + "loopscope-machine-" + UUID().uuidString

    init(_ programs: [String: String]) throws {
      for (path, answer) in programs {
        let full = root + "/" + path
        let folder = (full as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try writeProgram("#!/bin/sh\n\(answer)\n", to: full)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func find(
      _ named: String? = nil, for script: String? = nil, path: [String] = [],
      active: String? = nil
    ) throws(PythonFailure) -> String {
      let variables: [String: String?] = [
        "PATH": path.map { "\(root)/\($0)" }.joined(separator: ":"),
        "VIRTUAL_ENV": active.map { "\(root)/\($0)" },
      ]
      let found = try Interpreter.find(named: named, for: script) { variables[$0] ?? nil }
      return String(found.path.dropFirst(root.count + 1)) + " " + found.version
    }
  }

  private static let modern = "echo Python 3.12.1"

  @Test func `it is the one named, else the environment's, else python3 on PATH`() throws {
    let machine = try Machine([
      "a/python3": Self.modern, "b/python3": "echo Python 3.8.18", "b/pypy": "echo Python 3.6.9",
      "venv/bin/python": "echo Python 3.13.0rc1+",
    ])
    #expect(try machine.find(path: ["none", "a", "b"]) == "a/python3 3.12.1")
    #expect(try machine.find(path: ["b", "a"], active: "venv") == "venv/bin/python 3.13.0rc1+")
    #expect(try machine.find(path: ["b"], active: "removed") == "b/python3 3.8.18")
    #expect(try machine.find("pypy", path: ["a", "b"], active: "venv") == "b/pypy 3.6.9")
    #expect(try machine.find("\(machine.root)/b/python3", path: []) == "b/python3 3.8.18")
  }

  @Test func `a script that is installed in a virtual environment runs under that one's`() throws {
    let machine = try Machine([
      "a/python3": Self.modern, "venv/bin/python3": "echo Python 3.13.0", "venv/bin/uvicorn": "",
      "venv/pyvenv.cfg": "", "active/bin/python": "echo Python 3.11.7", "usr/bin/tool": "",
      "usr/bin/python3": "echo Python 3.9.2",
    ])
    let script = machine.root + "/venv/bin/uvicorn"
    #expect(try machine.find(for: script, path: ["a"]).hasSuffix("venv/bin/python3 3.13.0"))
    let link = machine.root + "/a/uvicorn"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: script)
    #expect(try machine.find(for: link, path: ["a"]).hasSuffix("venv/bin/python3 3.13.0"))
    #expect(try machine.find(for: script, path: ["a"], active: "active").hasSuffix("3.11.7"))
    #expect(try machine.find("python3", for: script, path: ["a"]) == "a/python3 3.12.1")
    for other in ["usr/bin/tool", "venv/app.py", "venv/bin/none"] {
      #expect(
        try machine.find(for: machine.root + "/" + other, path: ["a"]) == "a/python3 3.12.1")
    }
  }

  @Test func `a word before the program is an interpreter by its name`() throws {
    let machine = try Machine(["venv/bin/python3.13": Self.modern, "venv/bin/python-config": ""])
    for word in ["python", "python3", "python3.12", "python3.14t"] {
      #expect(Interpreter.isNamed(by: word))
    }
    #expect(Interpreter.isNamed(by: machine.root + "/venv/bin/python3.13"))
    for word in [
      "app.py", "python.py", "python4", "-m", "", "/", "pythons/app.py",
      machine.root + "/venv/bin/python-config", machine.root + "/venv/bin/python3",
    ] {
      #expect(!Interpreter.isNamed(by: word), "\(word)")
    }
  }

  @Test func `what cannot be used is said in a sentence`() throws {
    let machine = try Machine([
      "two/python3": "echo Python 2.7.18 >&2", "new/python3": "echo Python 3.16.0",
      "old/python3": "echo Python 3.5.10", "shim/python3": "echo 'shim: no such version' >&2",
      "mute/python3": "exit 1", "folder/python3/x": "",
    ])
    func problem(_ named: String? = nil, in folder: String) -> String {
      do throws(PythonFailure) {
        return try machine.find(named, path: [folder])
      } catch {
        return "\(error)".replacing(machine.root + "/", with: "")
      }
    }
    #expect(
      problem(in: "nothing")
        == "There is no python3 on PATH. Install one, or name one with --python.")
    #expect(
      problem("python9", in: "two")
        == "There is no interpreter python9. Name another with --python.")
    #expect(problem(in: "folder") == problem(in: "nothing"))
    for (folder, version) in [("two", "2.7.18"), ("new", "3.16.0"), ("old", "3.5.10")] {
      #expect(
        problem(in: folder)
          == "\(folder)/python3 is Python \(version), and loopscope records 3.6 to 3.15. "
          + "Name another with --python.")
    }
    #expect(
      problem(in: "shim")
        == "shim/python3 does not say which Python it is: shim: no such version. "
        + "Name another with --python.")
    #expect(
      problem(in: "mute")
        == "mute/python3 does not say which Python it is. Name another with --python.")
  }

  @Test func `the recorder's file is private, and is gone with its folder`() throws {
    let file = try RecorderScript.writePrivately()
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try String(contentsOfFile: file.path, encoding: .utf8).hasSuffix(RecorderScript.text))
    let folder = (file.path as NSString).deletingLastPathComponent
    #expect(
      try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
    file.remove()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `the recorder is told how to record and where the program begins`() {
    let interpreter = Interpreter(path: "py", version: "3.12.1")
    var program = PythonProgram(interpreter: interpreter, command: ["-odd.py", "--hold"])
    #expect(
      program.arguments(recorder: "r.py", destination: ["--output", "f"]) == [
        "py", "r.py", "--output", "f", "--clock", "real", "--scope", "user", "--detail", "all",
        "--", "-odd.py", "--hold",
      ])
    program.command = ["-m", "package", "-x"]
    program.flags = ["-X", "dev", "-u"]
    program.clock = .virtual
    program.scope = .all
    program.detail = .tasks
    program.keepsLoop = true
    program.maxEvents = 5
    program.keepLast = 6
    #expect(
      program.arguments(recorder: "r.py", destination: []) == [
        "py", "-X", "dev", "-u", "r.py", "--clock", "virtual", "--scope", "all", "--detail",
        "tasks", "--keep-loop",
        "--max-events", "5", "--keep-last", "6", "-m", "package", "-x",
      ])
  }
}

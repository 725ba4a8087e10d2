import Foundation
import Testing
import TmuxSupport

/// `loopscope export` on recordings.
@Suite struct ExportTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let gather = PostRecording(version: "3.13", demo: "gather").path()

  @Test(arguments: [
    ("run.json", "{\"displayTimeUnit\""), ("run.svg", "<svg "), ("run.csv", "event,time_ns,"),
    ("run.cast", "{\"version\": 2"), ("run.html", "<!doctype html>"),
  ])
  func `a file's name tells the format`(name: String, start: String) throws {
    let answer = try loopscope("export", Self.gather, "-o", scratch.file(name))
    #expect(answer.status == 0 && answer.output.isEmpty && answer.errors.isEmpty)
    let text = try String(decoding: scratch.bytes(name), as: UTF8.self)
    #expect(text.hasPrefix(start), "\(text.prefix(80))")
    #expect(!scratch.exists("\(name).part"))
  }

  @Test(arguments: ["chrome", "svg", "csv", "asciicast", "html"])
  func `with no file it goes to stdout, the same each time`(format: String) throws {
    let first = try loopscope("export", Self.gather, "--format", format)
    #expect(first.status == 0 && first.output.count > 1000)
    #expect(try loopscope("export", Self.gather, "--format", format).output == first.output)
    let dash = try loopscope("export", Self.gather, "--format", format, "-o", "-")
    #expect(dash.output == first.output)
  }

  @Test func `a page says what is wrong with the recording, in the words of stderr`() throws {
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "hello")
    let torn = try scratch.write(scratch.bytes("run.jsonl").dropLast(3), to: "torn.jsonl")
    let lines = try String(decoding: scratch.bytes("run.jsonl"), as: UTF8.self)
      .split(separator: "\n")
    let part = try scratch.write(
      lines.dropLast().joined(separator: "\n") + "\n", to: "run.jsonl.part")
    for (path, words) in [
      (torn, "The recording breaks off in line"), (part, "The recording ends before the run does"),
    ] {
      let answer = try loopscope("export", path, "--format", "html")
      let notice = answer.errors.trimmingCharacters(in: .newlines)
      #expect(notice.contains(words))
      #expect(answer.output.contains("\"notices\": [\"\(notice)\"],"))
    }
    let answer = try loopscope("export", file, "--format", "html")
    #expect(answer.output.contains("\"notices\": [],"))
  }

  /// `loopscope export demos/recordings/3.13/gather.jsonl -o docs/gather.svg` makes it anew.
  @Test func `the README's picture is what the program makes`() throws {
    let kept = try String(
      contentsOfFile: PostRecording.root.path + "/docs/gather.svg", encoding: .utf8)
    #expect(try loopscope("export", Self.gather, "--format", "svg").output == kept)
  }

  @Test func `wrong usage is one sentence`() throws {
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "hello")
    let recording = try scratch.bytes("run.jsonl")
    let torn = try scratch.write(recording.dropLast(20), to: "torn.csv.part")
    for (arguments, status, words) in [
      ([file], 64, "-o run.html. `loopscope export --help` tells how."),
      ([file], 64, "Export as what?"),
      ([file, "-o", "run.txt"], 64, "Export as what?"),
      ([file, "--format", "pdf"], 64, "pdf"),
      ([file, "--format", "csv", "--size", "80x24"], 64, "--size and --speed are an asciicast's"),
      ([file, "--format", "asciicast", "--speed", "0"], 64, "--speed must be from 1/64"),
      ([file, "--format", "csv", "-o", file], 1, "is a recording, which would be lost"),
      ([torn, "-o", scratch.file("torn.csv")], 1, "torn.csv.part is a recording, which would be"),
      ([file, "-o", scratch.file("no/such/run.svg")], 1, "cannot be written: No such file"),
      ([file, "-o", scratch.path + "/"], 64, "Export as what?"),
      ([scratch.file("none.jsonl"), "--format", "csv"], 1, "There is no file"),
    ] as [([String], Int32, String)] {
      let answer = try loopscope(all: ["export"] + arguments)
      #expect(answer.status == status && answer.output.isEmpty, "\(arguments)")
      #expect(answer.errors.contains(words), "\(arguments): \(answer.errors)")
      #expect(answer.errors.split(separator: "\n").count == (arguments[0] == torn ? 2 : 1))
    }
    #expect(try scratch.bytes("run.jsonl") == recording)
    #expect(scratch.exists("torn.csv.part") && !scratch.exists("torn.csv"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is told, and nothing is left`() throws {
    let answer = try loopscope("export", Self.gather, "--format", "csv", "-o", "/dev/full")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("/dev/full cannot be written: No space left on device"))
    for command in [["export", "--format", "svg"], ["events"], ["snapshot"]] {
      let answer = try loopscope(
        all: [command[0], Self.gather] + command.dropFirst(), through: "\"$@\" >/dev/full")
      #expect(answer.status == 1)
      #expect(answer.errors.contains("The output cannot be written: No space left on device."))
    }
  }

  @Test func `a link stays one, and what it leads to is replaced`() throws {
    _ = try scratch.write("old", to: "target.csv")
    let link = scratch.file("link.csv")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: scratch.file("target.csv"))
    #expect(try loopscope("export", Self.gather, "-o", link).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link).hasSuffix("target.csv"))
    #expect(scratch.size("target.csv") > 1000)
  }

  /// A real terminal plays the film by printing it.
  @Test(.enabled(if: Tmux.isAvailable))
  func `at its end a film shows what the screen shows`() async throws {
    let answer = try loopscope(
      "export", Self.gather, "--format", "asciicast", "--size", "100x30", "--speed", "8")
    var film = ""
    for line in answer.lines.dropFirst() {
      let parts = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any]
      film += try #require(parts?[2] as? String)
    }
    let file = try scratch.write(film, to: "film")
    let tmux = try Tmux(
      running: ["/bin/sh", "-c", "cat '\(file)'; read line"], columns: 100, rows: 30)
    let shown = try await tmux.wait(for: "The run has ended")
    let snapshot = try loopscope("snapshot", Self.gather, "--size", "100x30")
    let expected = snapshot.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    // The first and the last row tell that it has been played.
    #expect(Array(shown[1..<28]) == Array(expected[1..<28]))
  }
}

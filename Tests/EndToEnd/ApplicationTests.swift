import Foundation
import GoldenSupport
import PythonSupport
import Testing
import TmuxSupport

/// Programs on libraries that many use, installed from PyPI where that is in reach.
@Suite(.whereApplicationsAre)
struct ApplicationTests {
  private let scratch: Scratch
  private let python: String

  init() async throws {
    scratch = try Scratch()
    python = try #require(await Environment.applications.value.python)
  }

  static func script(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "PythonTests/applications/\(name).py").path
  }

  @Test(
    arguments: [
      ("aiohttp_clients", "50 clients: {200}\n"),
      ("httpx_anyio", "20 requests\n"),
      ("websockets_chat", "5 cats have heard each other\n"),
    ])
  func `an application is recorded, and its recording tells what happened`(
    name: String, says: String
  ) throws {
    let file = scratch.file("run.jsonl")
    let answer = try loopscope(
      "record", "-o", file, "python", "--python", python, Self.script(name))
    #expect(answer.status == 0)
    #expect(answer.output == says)
    let replayed = try loopscope("play", file)
    #expect(replayed.status == 0)
    #expect(replayed.output.contains(says))
    let summary = try RunSummary(recording: file)
    expectGolden(summary.text { _ in true }, named: name)
    #expect(summary.contradictionCount == 0)
  }
}

extension Trait where Self == ConditionTrait {
  static var whereApplicationsAre: Self {
    .enabled("there is no Python 3.12 or 3.13 here, or PyPI is out of reach") {
      await haveApplications()
    }
  }
}

/// The same in a real terminal: a server and its 50 clients under the user's keys.
@Suite(.whereTmuxIs, .inTerminals, .whereApplicationsAre)
struct ApplicationTerminalTests {
  @Test func `a server and its fifty clients are held, stepped, rewound, let go and ended`()
    async throws
  {
    let python = try #require(await Environment.applications.value.python)
    let tmux = try await open(
      "python", "--step", "--python", python, ApplicationTests.script("aiohttp_for_ever"),
      columns: 160)
    try await tmux.wait(forStep: 0)
    let child = try child(of: try #require(tmux.programID))
    try await tmux.stepTwentyAndRewind()
    try tmux.send(" ")
    try await tmux.glimpse("running the loop")
    try await tmux.glimpse("50 clients are served")
    try tmux.send(" ")
    let screen = try await tmux.wait(for: "paused")
    let lanes = screen.lazy.compactMap { $0.firstMatch(of: /lanes (\d+)/)?.1 }.first
    #expect(lanes.flatMap { Int($0) } ?? 0 > 150, "main, clients, connections and answers")
    try await tmux.quit()
    // Neither runs on, and nobody has left a zombie behind.
    for process in [child, try #require(tmux.programID)] {
      try await tmux.wait(for: "the end of process \(process)") { _ in
        try state(of: process).isEmpty
      }
    }
  }

  private func child(of process: Int32) throws -> Int32 {
    let found = try run(["pgrep", "-P", "\(process)"]).output.split(separator: "\n")
    #expect(found.count == 1)
    return try #require(found.first.flatMap { Int32($0) })
  }

  /// As `ps` tells it, `Z` for a zombie; empty for a process that is gone.
  private func state(of process: Int32) throws -> String {
    try run(["ps", "-o", "stat=", "-p", "\(process)"]).output
  }
}

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

  private func script(_ name: String) -> String {
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
      "record", "-o", file, "python", "--python", python, script(name), through: "\"$@\"")
    #expect(answer.status == 0)
    #expect(answer.output == says)
    let replayed = try loopscope("play", file)
    #expect(replayed.status == 0)
    #expect(replayed.output.contains(says))
    let summary = try RunSummary(recording: file)
    expectGolden(summary.text { _ in true }, named: name)
  }
}

extension Trait where Self == ConditionTrait {
  static var whereApplicationsAre: Self {
    .enabled("there is no Python 3.12 or 3.13 here, or PyPI is out of reach") {
      await haveApplications()
    }
  }
}

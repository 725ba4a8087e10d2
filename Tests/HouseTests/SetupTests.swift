import Foundation
import Testing
import TmuxSupport

/// `scripts/setup` on machines that lack something: its tools are replaced by ones that only tell.
@Suite struct SetupTests {
  /// A `PATH` that holds these programs and nothing else.
  private struct Machine {
    let folder = NSTemporaryDirectory() + "loopscope-setup-" + UUID().uuidString

    init(_ programs: [String: String]) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (name, script) in programs {
        let path = folder + "/" + name
        try writeProgram("#!/bin/sh\n" + script + "\n", to: path)
      }
    }

    func setUp(_ arguments: String...) throws -> CommandResult {
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let script = projectRoot.appending(path: "scripts/setup").path(percentEncoded: false)
      return try run(["/usr/bin/env", "PATH=\(folder)", "/bin/sh", script] + arguments)
    }
  }

  private static let told = "echo \"ran $0 $*\" | /bin/sed 's|/.*/||'"

  @Test(
    arguments: [
      ("apt-get", "apt-get install -y --no-install-recommends libncurses-dev zlib1g-dev tmux"),
      ("dnf", "dnf install -y ncurses-devel zlib-devel tmux"),
      ("pacman", "pacman -S --needed --noconfirm ncurses zlib tmux"),
      ("apk", "apk add ncurses-dev zlib-dev tmux"),
      ("zypper", "zypper --non-interactive install ncurses-devel zlib-devel tmux"),
      ("brew", "brew install ncurses zlib tmux"),
    ])
  func `as root it installs what is missing by the names of the package manager`(
    manager: String, command: String
  ) throws {
    let machine = try Machine([
      "swift": "", "clang": "exit 1", "id": "echo 0", manager: Self.told, "bash": "", "ps": "",
      "python3": "", "make": "",
    ])
    let result = try machine.setUp("test")
    #expect(result.status == 0)
    #expect(result.output.contains("setup: \(command)\n"))
    #expect(result.output.contains("ran \(command)\n"))
  }

  @Test func `who is not root uses sudo, which must not ask where nobody can answer`() throws {
    let machine = try Machine([
      "swift": "", "clang": "exit 1", "id": "echo 1000", "apt-get": "exit 3", "sudo": Self.told,
    ])
    let result = try machine.setUp()
    #expect(result.status == 0)
    #expect(result.output.contains("ran sudo -n apt-get update -q\n"))
    #expect(
      result.output.contains(
        "ran sudo -n apt-get install -y --no-install-recommends libncurses-dev zlib1g-dev\n"))
  }

  @Test func `without sudo it says the one command and fails`() throws {
    let machine = try Machine([
      "swift": "", "clang": "exit 1", "id": "echo 1000", "dnf": Self.told,
    ])
    let result = try machine.setUp()
    #expect(result.status == 1)
    #expect(
      result.output.contains(
        "run this as root, then try again: dnf install -y ncurses-devel zlib-devel\n"))
    #expect(!result.output.contains("ran dnf"))
  }

  @Test func `an installation that fails is said, with the command`() throws {
    let machine = try Machine([
      "swift": "", "clang": "exit 1", "id": "echo 0", "apk": "exit 9",
    ])
    let result = try machine.setUp()
    #expect(result.status == 1)
    #expect(result.output.contains("that failed: run it yourself, then try again: apk add"))
  }

  @Test func `where nothing is missing it is silent and installs nothing`() throws {
    let machine = try Machine(["swift": "", "clang": "exit 0", "apt-get": Self.told])
    let result = try machine.setUp()
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
  }

  @Test func `without Swift it says where to get it`() throws {
    let result = try Machine(["clang": "exit 0"]).setUp()
    #expect(result.status == 1)
    #expect(result.output.contains("https://www.swift.org/install"))
  }
}

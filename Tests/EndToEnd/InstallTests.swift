import Foundation
import Testing

/// `scripts/install`, which `make install` calls with what it has built.
@Suite struct InstallTests {
  private static let files = [
    "bin/loopscope", "share/bash-completion/completions/loopscope",
    "share/zsh/site-functions/_loopscope", "share/fish/vendor_completions.d/loopscope.fish",
  ]
  private let script = PostRecording.root.path + "/scripts/install"

  @Test func `what is installed runs, and is removed again`() throws {
    let scratch = try Scratch()
    let prefix = scratch.file("with spaces/usr")
    for _ in 1...2 {  // the second time over the first
      let answer = try loopscope("--version", through: "'\(script)' \"$1\" '\(prefix)'")
      #expect(answer.status == 0)
      #expect(answer.errors.contains("install: \(prefix)/bin is not in your PATH"))
    }
    #expect(Self.files.allSatisfy { scratch.exists("with spaces/usr/" + $0) })
    let installed = try loopscope("--version", through: "'\(prefix)/bin/loopscope' \"$2\"")
    #expect(installed.output == (try loopscope("--version")).output)

    let removed = try loopscope(through: "'\(script)' --remove '\(prefix)'")
    #expect(removed.status == 0)
    #expect(!Self.files.contains { scratch.exists("with spaces/usr/" + $0) })
  }

  @Test func `bash completes what was installed`() throws {
    let scratch = try Scratch()
    let folder = scratch.file("staged")
    let ask = try scratch.write(
      """
      source "$1"
      COMP_WORDS=(loopscope demo ensure) COMP_CWORD=2 COMP_LINE="loopscope demo ensure" COMP_POINT=21
      _loopscope loopscope ensure demo
      echo "${COMPREPLY[*]}"
      """, to: "ask")
    let complete = """
      DESTDIR='\(folder)' '\(script)' "$1" /usr && bash '\(ask)' '\(folder)/usr/\(Self.files[1])'
      """
    let answer = try loopscope("--version", through: complete)
    #expect(answer.output == "ensure-future\n")
    #expect(!answer.errors.contains("PATH"))
  }
}

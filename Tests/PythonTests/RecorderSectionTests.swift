import Foundation
import Testing
import TmuxSupport

@testable import Python

/// The recorder is written in sections and shipped as one file.
@Suite struct RecorderSectionTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the executable holds the bytes that the script joins`() throws {
    let joined = try run([Self.root.appending(path: "scripts/recorder").path])
    #expect(joined.status == 0)
    #expect(joined.output == RecorderScript.text)
    #expect(joined.output.hasPrefix("\"\"\"Records what asyncio does"))
    #expect(joined.output.hasSuffix("    main()\n"))
  }

  @Test func `a section is short, and says what it holds`() throws {
    let folder = Self.root.appending(path: "Sources/Python/Recorder").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count > 20)
    for name in names {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(name.wholeMatch(of: /[0-9]{2}_[a-z_]+\.py/) != nil, "\(name)")
      #expect(lines.count <= 300, "\(name) has \(lines.count) lines: which two things is it?")
      if name != names[0] {
        #expect(lines.count > 3 && lines[0].hasPrefix("# ----") && lines[1].hasPrefix("# "))
      }
    }
  }
}

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
}

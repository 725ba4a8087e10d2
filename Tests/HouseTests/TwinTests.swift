import Demos
import Testing

/// Each demo has a Python program beside it that does the same.
@Suite struct TwinTests {
  @Test(arguments: Demo.all.map(\.name))
  func `a demo has a Python twin`(name: String) throws {
    #expect(try projectFiles().contains("demos/python/\(name).py"))
  }
}

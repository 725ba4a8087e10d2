import Demos
import Testing

private let twins = ((try? projectFiles()) ?? []).filter {
  $0.hasPrefix("demos/python/") && $0.hasSuffix(".py")
}

/// Each demo has a Python program beside it that does the same.
@Suite(.enabled(if: !twins.isEmpty, "there is no demos/python yet"))
struct TwinTests {
  @Test(arguments: Demo.all.map(\.name))
  func `a demo has a Python twin`(name: String) {
    let file = name.replacing("-", with: "_")
    #expect(twins.contains("demos/python/\(file).py"))
  }
}

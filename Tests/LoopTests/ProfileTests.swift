import Testing

@testable import Loop

struct ProfileTests {
  @Test func `a version is its newest release, or the one that is named`() throws {
    for text in ["3.6", "3.13", "3.13.0", "3.15.2"] {
      #expect(Profile(text)?.description == text)
    }
    let newest = try #require(Profile("3.13"))
    let first = try #require(Profile("3.13.0"))
    #expect(first < newest && newest == .python3(13) && first == .python3(13, micro: 0))
    #expect(newest < .python3(14, micro: 0))
    #expect(Profile.supported.map(\.description).first == "3.6")
    #expect(Profile.supported.last == .latest)
  }

  @Test(arguments: [
    "", "3", "3.", "3.5", "3.16", "2.7", "3.13.", "3.13.x", "3.13.-1", "3.13.0.1", "+3.13",
    "03.13", "3.013", "3.13.00", "3.13.+1", "3.99999999999999999999",
  ])
  func `anything else is no version`(text: String) {
    #expect(Profile(text) == nil)
  }
}

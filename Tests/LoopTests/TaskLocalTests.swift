import Testing

@testable import Loop

/// Swift's task-local values belong to the Swift tasks that run coroutines, of which a coroutine
/// knows nothing.
struct TaskLocalTests {
  @TaskLocal private static var label = "none"

  private static func named(_ name: String) -> Coroutine<Void> {
    Coroutine("\(name)()") {
      print("\(name) \(label)")
      try await sleep(1)
      print("\(name) \(label)")
    }
  }

  @Test(arguments: [false, true])
  func `a coroutine has the values that it binds, and nobody else's`(isEager: Bool) {
    let run = Run(.latest) {
      try await Self.$label.withValue("bound") {
        try await LoopTask(Self.named("inner"), eagerStart: isEager)()
        try await Self.named("awaited")()
      }
      try await LoopTask(Self.named("outer"), eagerStart: isEager)()
    }
    #expect(
      run.output == [
        "inner none", "inner none", "awaited bound", "awaited bound", "outer none", "outer none",
      ])
  }
}

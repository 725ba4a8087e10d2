import Loop

private func greet(_ whom: String) -> Coroutine<Void> {
  Coroutine("greet(\(whom))") {
    print("Hey, \(whom)!")
  }
}

private func main() -> Coroutine<Void> {
  Coroutine("main()") {
    _ = greet("world")
  }
}

extension Demo {
  static let neverAwaited = Demo(
    "never-awaited",
    title: "Leave out the await",
    lesson: "Without await nothing runs: the lane ends as never awaited.",
    note: """
      greet(world) is made and thrown away, all within a step: > goes through it, event by event. \
      Nobody is greeted; Python notices when the object dies and warns: RuntimeWarning, "coroutine \
      'greet' was never awaited".
      """,
    program: { _ in main() })
}

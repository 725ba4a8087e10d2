extension Generator {
  /// Has a thread run a function.
  mutating func useThread() -> Node {
    let name = Node.text("w\(dice.number(1...threads))")
    if minor >= 9, dice.chance(40) { return ["to_thread", name, newVariable()] }
    return dice.chance(75)
      ? ["let", newTask(), ["run_in_executor", name]]
      : ["await", ["shield", ["run_in_executor", name]]]
  }

  /// The body of a function for a thread.
  mutating func thread() -> [Node] {
    (0..<dice.number(1...3)).map { _ -> Node in
      switch dice.number(1...12) {
      case 1...5: ["block", dice.pick([0.25, 0.5, 0.5, 1, 1, 2])]
      case 6: ["print", .text("thread \(dice.number(1...99))")]
      case 7: ["raise", errorName(), someWord()]
      case 8: ["return", someValue()]
      case 9, 10:
        // The last function has no threads do anything: so this comes to an end.
        ["run_coroutine_threadsafe", .text("f\(functions)"), .bool(dice.chance(60))]
      default:
        callbacks > 0 ? ["call_soon_threadsafe", someCallback()] : ["block", 0.5]
      }
    }
  }
}

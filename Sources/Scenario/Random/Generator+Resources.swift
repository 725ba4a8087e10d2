extension Generator {
  /// Something with one of the locks, events, queues of the scenario.
  mutating func resource(_ place: Place) -> Node {
    let (name, kind, _) = dice.pick(resources)
    let resource = Node.text(name)
    switch kind {
    case "lock", "semaphore", "bounded_semaphore":
      if place.depth < 3, dice.chance(65) { return ["with", resource, inner(place)] }
      return dice.pick([
        ["acquire", resource], ["release", resource], ["show", ["locked", resource]],
      ])
    case "event":
      return dice.pick([
        ["wait_on", resource], ["wait_on", resource], ["set_event", resource], ["clear", resource],
        ["show", ["is_set", resource]],
      ])
    case "condition": return condition(resource, place)
    case "barrier":
      return dice.pick([
        ["wait_on", resource, newVariable()], ["wait_on", resource], ["reset", resource],
        ["abort", resource], ["show", ["n_waiting", resource]], ["show", ["broken", resource]],
      ])
    default: return queue(resource)
    }
  }

  private mutating func condition(_ resource: Node, _ place: Place) -> Node {
    if place.depth < 3, dice.chance(75) {
      var body = block(place.deeper, 0...1)
      body.insert(
        dice.pick([
          ["wait_on", resource], ["wait_on", resource], ["notify", resource],
          ["notify", resource, 2], ["notify_all", resource],
          ["wait_until", resource, ["done", someFuture()], true],
        ]), at: dice.number(0...body.count))
      return ["with", resource, .list(body)]
    }
    return dice.pick([["acquire", resource], ["release", resource], ["notify_all", resource]])
  }

  private mutating func queue(_ queue: Node) -> Node {
    let value = someValue()
    var choices: [Node] = [
      ["put", queue, value], ["put", queue, value], ["get", queue, "v0"], ["get", queue, "v0"],
      ["get", queue], ["join", queue], ["task_done", queue], ["put_nowait", queue, value],
      ["show", ["get_nowait", queue]], ["show", ["qsize", queue]],
    ]
    if minor >= 13 { choices += [["shutdown", queue, .bool(dice.chance(40))]] }
    return dice.pick(choices)
  }

  // MARK: Callbacks

  /// Has the loop call a function, now or later.
  mutating func scheduling() -> Node {
    guard callbacks > 0 else { return ["sleep", 0] }
    let name = someCallback()
    return switch dice.number(1...11) {
    case 1...3: ["done_callback", someFuture(), name]
    case 4: ["show", ["remove_callback", someFuture(), name]]
    case 5: ["call_soon", name, "h1"]
    case 6: ["call_later", dice.chance(15) ? -0.5 : delay(), name, "h2"]
    case 7: ["call_at", delay(), name, "h2"]
    case 8: ["show", ["when", "h2"]]
    case 9: ["show", ["cancelled", dice.pick(["h1", "h2"])]]
    case 10: ["call_soon_threadsafe", name]
    default: ["cancel_handle", dice.pick(["h1", "h2"])]
    }
  }

  mutating func someCallback() -> Node { .text("cb\(dice.number(1...max(1, callbacks)))") }

  /// Something with the exception handler.
  mutating func report() -> Node {
    if callbacks > 0, dice.chance(35) {
      return ["exception_handler", dice.chance(75) ? someCallback() : nil]
    }
    return dice.chance(30)
      ? ["report", someWord()] : ["report", someWord(), errorName(), someWord()]
  }

  /// The body of a plain function.
  mutating func callback() -> [Node] {
    (0..<dice.number(1...2)).map { _ -> Node in
      switch dice.number(1...(minor >= 15 ? 11 : 10)) {
      case 1, 2: ["print", .text("callback \(dice.number(1...99))")]
      case 3: ["set_result", dice.pick(["x1", "x2"]), someValue()]
      case 4: ["set_exception", dice.pick(["x1", "x2"]), errorName(), someWord()]
      case 5: ["raise", errorName(), someWord()]
      case 6: ["let", newTask(), ["task", ["call", .text("f\(functions)")]]]
      case 7:
        resources[0].kind == "event"
          ? ["set_event", .text(resources[0].name)] : ["show", ["all_tasks"]]
      case 8: ["show", ["reported"]]
      case 11: ["cancel_group", someGroup(Place(function: 0, depth: 0))]
      default: ["cancel", .text("t\(dice.number(1...3))"), cancelMessage()]
      }
    }
  }
}

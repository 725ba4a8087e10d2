extension Generator {
  mutating func block(_ place: Place, _ length: ClosedRange<Int>) -> [Node] {
    (0..<dice.number(length)).map { _ in statement(place) }
  }

  mutating func inner(_ place: Place) -> Node { .list(block(place.deeper, 1...3)) }

  mutating func statement(_ place: Place) -> Node {
    let isShallow = place.depth < 3
    return
      switch dice.pick(weighted: [
        (10, "sleep"), (8, "print"), (10, "start"), (12, "await"), (12, "cancel"), (6, "wait"),
        (8, "wait_for"), (minor >= 11 && isShallow ? 8 : 0, "timeout"),
        (minor >= 11 && isShallow ? 8 : 0, "group"), (isShallow ? 12 : 0, "try"),
        (24, "resource"), (4, "raise"), (3, "return"), (6, "future"), (5, "callback"), (5, "show"),
        (isShallow ? 3 : 0, "as_completed"),
        (minor >= 13 && isShallow ? 3 : 0, "as_completed_async"), (2, "report"),
        (threads > 0 && place.function < functions ? 12 : 0, "thread"),
        (isShallow ? 2 : 0, "repeat"),
        (place.groups.isEmpty ? 0 : 12, "spawn"),
        (minor >= 15 ? place.groups.isEmpty ? 1 : 4 : 0, "cancel_group"),
        (place.timeouts.isEmpty ? 0 : 4, "reschedule"),
        (minor >= 11 ? 2 : 0, "uncancel"), (minor >= 13 ? 1 : 0, "name"), (1, "block"),
      ])
    {
    case "sleep":
      dice.chance(10) ? ["sleep", delay(), newVariable(), someValue()] : ["sleep", delay()]
    case "print": ["print", .text("f\(place.function) \(dice.number(1...99))")]
    case "start": start(place)
    case "await": ["await", operand(place, depth: 0), dice.chance(40) ? newVariable() : nil]
    case "cancel": ["cancel", someFuture(), cancelMessage()]
    case "wait": wait(place)
    case "wait_for": ["wait_for", operand(place, depth: 0), limit()]
    case "timeout": timeout(place)
    case "group": group(place)
    case "try": tryStatement(place)
    case "resource": resource(place)
    case "raise":
      place.isInHandler && dice.chance(50)
        ? ["raise"]
        : dice.chance(15) ? ["raise", "CancelledError"] : ["raise", errorName(), someWord()]
    case "return": ["return", dice.chance(50) ? someValue() : someWord()]
    case "future":
      dice.chance(70)
        ? ["set_result", dice.pick(["x1", "x2"]), someValue()]
        : ["set_exception", dice.pick(["x1", "x2"]), errorName(), someWord()]
    case "callback": scheduling()
    case "show": ["show", query(place)]
    case "as_completed":
      [
        "as_completed", members(place), dice.chance(40) ? delay() : nil, newVariable(),
        inner(place),
      ]
    case "as_completed_async":
      [
        "as_completed_async", members(place), dice.chance(40) ? delay() : nil, newTask(),
        inner(place),
      ]
    case "report": report()
    case "thread": useThread()
    case "repeat": ["repeat", .number(Double(dice.number(2...3))), inner(place)]
    case "spawn":
      spawn(place)
    case "cancel_group": ["cancel_group", someGroup(place)]
    case "reschedule":
      ["reschedule", .text(dice.pick(place.timeouts)), dice.chance(20) ? nil : delay()]
    case "name": ["set_name", ["current"], someWord()]
    case "uncancel": ["show", ["uncancel", ["current"]]]
    default: ["block", dice.pick([0.25, 0.5, 1])]
    }
  }

  mutating func someWord() -> Node { dice.pick(["alpha", "beta", "gamma"]) }

  /// A call of a function after this one; nil after the last.
  mutating func call(_ place: Place) -> Node? {
    place.function >= functions
      ? nil : ["call", .text("f\(dice.number(place.function + 1...functions))")]
  }

  mutating func start(_ place: Place) -> Node {
    guard let call = call(place) else { return ["sleep", delay()] }
    let name: Node = dice.chance(15) ? dice.pick(["worker", "helper"]) : nil
    if minor >= 12, dice.chance(10) { return ["let", newTask(), ["eager_task", call]] }
    if dice.chance(10) { return ["let", newTask(), ["ensure_future", call]] }
    return ["let", newTask(), .list(["task", call, name] + eagerStart())]
  }

  private mutating func spawn(_ place: Place) -> Node {
    guard let call = call(place) else { return ["sleep", delay()] }
    let group = Node.text(dice.pick(place.groups))
    let eager = eagerStart()
    return .list(["spawn", group, newTask(), call] + (eager.isEmpty ? [] : [nil] + eager))
  }

  /// The argument `eager_start`, mostly left out.
  private mutating func eagerStart() -> [Node] {
    minor >= 14 && dice.chance(15) ? [.bool(dice.chance(75))] : []
  }

  /// One of the groups around, or one that may be there by then.
  mutating func someGroup(_ place: Place) -> Node {
    place.groups.isEmpty
      ? .text("g\(dice.number(0...functions))\(dice.number(1...2))")
      : .text(dice.pick(place.groups))
  }

  mutating func operand(_ place: Place, depth: Int) -> Node {
    let call = call(place)
    switch dice.number(1...10) {
    case 1...3: return call ?? someFuture()
    case 4...6: return someFuture()
    case 7 where depth < 2: return ["shield", operand(place, depth: depth + 1)]
    case 8, 9:
      guard depth < 2 else { return someFuture() }
      let members = members(place, depth: depth + 1)
      return dice.chance(25)
        ? ["gather_tuple", members] : ["gather", members, .bool(dice.chance(40))]
    default: return call.map { ["task", $0] } ?? someFuture()
    }
  }

  private mutating func members(_ place: Place, depth: Int = 1) -> Node {
    .list((0..<dice.number(1...3)).map { _ in operand(place, depth: depth) })
  }

  private mutating func wait(_ place: Place) -> Node {
    let members = (0..<dice.number(1...3)).map { _ -> Node in
      let call = call(place)
      if minor <= 10, dice.chance(20), let call { return call }
      return dice.chance(50) ? someFuture() : call.map { ["task", $0] } ?? someFuture()
    }
    let when: Node = dice.pick(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"])
    return ["wait", .list(members), dice.chance(50) ? delay() : nil, when, "d1", "p1"]
  }

  private mutating func timeout(_ place: Place) -> Node {
    var place = place
    let name = "o\(place.timeouts.count + 1)"
    place.timeouts.append(name)
    let body = inner(place)
    return [dice.chance(80) ? "timeout" : "timeout_at", limit(), .text(name), body]
  }

  private mutating func group(_ place: Place) -> Node {
    var place = place
    let name = "g\(place.function)\(place.groups.count + 1)"
    place.groups.append(name)
    return ["group", .text(name), inner(place)]
  }

  private mutating func tryStatement(_ place: Place) -> Node {
    var parts: [Node] = ["try", inner(place)]
    if dice.chance(80) {
      let kind = dice.pick(weighted: [
        (5, "CancelledError"), (3, "Exception"), (3, "BaseException"), (3, "TimeoutError"),
        (2, "ValueError"), (minor >= 11 ? 1 : 0, "ExceptionGroup"),
        (1, "KeyboardInterrupt"), (1, "SystemExit"),
      ])
      var handler = place.deeper
      handler.isInHandler = true
      var body = block(handler, 0...2)
      if dice.chance(60) { body.insert(["show", "error"], at: 0) }
      parts.append(["except", .text(kind), .list(body)])
      if dice.chance(10) { parts.append(["else", inner(place)]) }
    }
    if parts.count == 2 || dice.chance(25) { parts.append(["finally", inner(place)]) }
    return .list(parts)
  }

  mutating func query(_ place: Place) -> Node {
    switch dice.number(1...10) {
    case 1: ["done", someFuture()]
    case 2: ["cancelled", someFuture()]
    case 3: ["result", someFuture()]
    case 4: ["exception", someFuture()]
    case 5: ["cancel", someFuture()]
    case 6: ["all_tasks"]
    case 7: minor >= 11 ? ["cancelling", ["current"]] : ["current"]
    case 8: place.timeouts.isEmpty ? ["time"] : ["expired", .text(dice.pick(place.timeouts))]
    case 9: .text("d1")
    default: ["time"]
    }
  }
}

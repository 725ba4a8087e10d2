package import Trace

extension Timeline {
  /// What a coroutine that stands in line for a resource waits for, after "waits".
  func phrase(_ wait: Wait.Kind, _ resource: Resource, at cursor: Int) -> String {
    let name = label(of: resource.id)
    let use = use(of: resource, at: cursor).map { " (\($0))" } ?? ""
    switch wait {
    case .lock:
      let holder = state(of: resource.id, at: cursor)?.holder ?? .none
      return "to acquire \(name)" + (holder == .none ? "" : ", which \(label(of: holder)) holds")
    case .event: return "for \(name) to be set"
    case .condition: return "for \(name) to be notified"
    case .semaphore: return "to acquire \(name)\(use)"
    case .barrier: return "at \(name)\(use)"
    case .queueGet: return "for an item in \(name)\(use)"
    case .queuePut: return "for room in \(name)\(use)"
    case .queueJoin: return "for everything in \(name) to be dealt with"
    default: return "for \(name)"
    }
  }

  /// Of a `join()`, what it waits for: ` (3 items)`; or where none is left, that those who took them have not
  /// said that they are done. Of a queue whose items the recorder cannot count, nothing is known.
  func rest(of wait: Wait, _ resource: Resource, at cursor: Int) -> String {
    guard wait.kind == .queueJoin, !isResolved(wait.future, at: cursor),
      lastChange(of: resource.id, at: cursor, rising: true) != nil,
      let use = use(of: resource, at: cursor), let state = state(of: resource.id, at: cursor)
    else { return "" }
    return state.level > 0 ? " (\(use))" : " (\(use); task_done() is still to be called)"
  }

  /// How much of a resource is in use: `held by meow(1)`, `2 of 5 items`, `1 of 3 taken by meow(2)`.
  ///
  /// - Returns: nil where that is not known.
  package func use(of resource: Resource, at cursor: Int) -> String? {
    state(of: resource.id, at: cursor).map { state in
      phrase(state, of: resource) + takers(of: resource, at: cursor)
    }
  }

  /// ` by meow(1), meow(2), meow(3) and 2 more`: who took the permits of a semaphore.
  private func takers(of resource: Resource, at cursor: Int) -> String {
    let takers = takers(of: resource.id, at: cursor, limit: 3)
    var names = takers.lanes.map(label(of:))
    if takers.count > names.count { names.append("\(takers.count - names.count) more") }
    guard let last = names.popLast() else { return "" }
    return " by " + (names.isEmpty ? "" : "\(names.joined(separator: ", ")) and ") + last
  }

  private func phrase(_ state: ResourceState, of resource: Resource) -> String {
    let amount = resource.limit == 0 ? "\(state.level)" : "\(state.level) of \(resource.limit)"
    switch resource.kind {
    case .lock where state.level == 0: return "free"
    case .lock: return state.holder == .none ? "held" : "held by \(label(of: state.holder))"
    case .event: return state.level == 0 ? "not set" : "set"
    case .condition: return "notifies"
    case .semaphore: return "\(amount) taken"
    case .barrier: return "\(amount) have come"
    case .queue: return "\(amount) \(amount == "1" ? "item" : "items")"
    }
  }

  func sentence(forChangeOf id: ResourceID, to level: UInt32, _ holder: LaneID) -> String {
    guard let resource = resource(id) else { return "\(label(of: id)) changed to \(level)" }
    let name = label(of: id)
    switch (resource.kind, level) {
    case (.lock, 0): return "\(name) was released"
    case (.lock, _):
      return holder == .none ? "\(name) was acquired" : "\(label(of: holder)) acquired \(name)"
    case (.event, 0): return "\(name) was cleared"
    case (.event, _): return "\(name) was set"
    default:
      return "\(name): \(phrase(ResourceState(level: level, holder: holder), of: resource))"
    }
  }

  /// `, with room for 5`; nothing where there is no limit to speak of.
  func capacity(_ kind: ResourceKind, _ limit: UInt32) -> String {
    switch kind {
    case .semaphore: ", with \(counted(Int(limit), "permit"))"
    case .barrier: ", for \(limit)"
    case .queue: limit == 0 ? "" : ", with room for \(limit)"
    case .lock, .event, .condition: ""
    }
  }
}

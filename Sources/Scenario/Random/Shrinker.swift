/// Makes a scenario that differs smaller as long as it still differs.
package struct Shrinker {
  private let witness: Witness
  /// How many smaller scenarios may be tried.
  private var budget = 3000

  /// - Parameter witness: one with no question open.
  package init(_ witness: Witness) { self.witness = witness }

  /// - Returns: the smallest that was found, and how it differs.
  package mutating func shrink(
    _ scenario: Scenario, _ verdict: Verdict
  ) -> (Scenario, Verdict) {
    var best = (scenario, verdict)
    while let smaller = step(best.0, best.1) { best = smaller }
    return best
  }

  private mutating func step(
    _ scenario: Scenario, _ verdict: Verdict
  ) -> (Scenario, Verdict)? {
    for candidate in scenario.smaller {
      guard budget > 0 else { return nil }
      budget -= 1
      if let found = difference(candidate, like: verdict) { return (candidate, found) }
    }
    return nil
  }

  /// Nil where it does not differ, or where CPython gives no answer but gave one before.
  private func difference(_ scenario: Scenario, like known: Verdict) -> Verdict? {
    let verdict = try? witness.check(scenario)
    return switch (verdict, known) {
    case (.differs, .differs), (.noAnswer, .noAnswer): verdict
    default: nil
    }
  }
}

extension Scenario {
  /// Scenarios with one thing less, those that lose most first.
  var smaller: [Scenario] {
    var result: [Scenario] = []
    for name in coroutines.keys.sorted() where name != "main" {
      var copy = self
      copy.coroutines[name] = nil
      result.append(copy)
      if coroutines[name]?.isEmpty == false {
        copy = self
        copy.coroutines[name] = []
        result.append(copy)
      }
    }
    for index in program.indices where program.count > 1 {
      var copy = self
      copy.program.remove(at: index)
      result.append(copy)
    }
    for path in [\Scenario.callbacks, \Scenario.threads] {
      for name in self[keyPath: path].keys.sorted() {
        var copy = self
        copy[keyPath: path][name] = nil
        result.append(copy)
      }
    }
    for path in [\Scenario.coroutines, \Scenario.callbacks, \Scenario.threads] {
      let functions = self[keyPath: path]
      for name in functions.keys.sorted() {
        for body in Node.list(functions[name] ?? []).smallerLists {
          var copy = self
          copy[keyPath: path][name] = body
          result.append(copy)
        }
      }
    }
    return result.filter { !$0.mentionsAny(of: functions.subtracting($0.functions)) }
      .sorted { $0.size < $1.size }
  }

  private var functions: Set<String> {
    Set(coroutines.keys).union(callbacks.keys).union(threads.keys)
  }

  private func mentionsAny(of names: Set<String>) -> Bool {
    guard !names.isEmpty else { return false }
    return ([program] + coroutines.values + callbacks.values + threads.values)
      .contains { $0.contains { $0.mentionsAny(of: names) } }
  }
}

extension Node {
  fileprivate func mentionsAny(of names: Set<String>) -> Bool {
    text.map(names.contains) ?? list?.contains { $0.mentionsAny(of: names) } ?? false
  }

  fileprivate var smallerLists: [[Node]] { smaller.compactMap(\.list) }

  /// Nodes with one part less, or with a block in the place of the statement that it belongs to.
  fileprivate var smaller: [Node] {
    guard let list else {
      if let number, number > 1 { return [.number(1)] }
      return []
    }
    var result: [Node] = []
    for index in list.indices {
      var copy = list
      if list[index].list != nil || index > 0 {
        copy.remove(at: index)
        result.append(.list(copy))
      }
      // What stands in a statement's blocks, without the statement.
      for block in list[index].list?.compactMap(\.list) ?? []
      where list[index].list?.first?.text != nil {
        let statements = block.allSatisfy { $0.list != nil } ? block : [.list(block)]
        copy = list
        copy.replaceSubrange(index...index, with: statements)
        result.append(.list(copy))
      }
      for part in list[index].smaller {
        copy = list
        copy[index] = part
        result.append(.list(copy))
      }
    }
    return result
  }
}

/// A piece of a scenario: what JSON can say, without objects.
package indirect enum Node: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Node])

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var number: Double? { if case .number(let number) = self { number } else { nil } }
  package var list: [Node]? { if case .list(let list) = self { list } else { nil } }

  /// How many nodes it is made of. O(nodes).
  package var size: Int { 1 + (list?.reduce(0) { $0 + $1.size } ?? 0) }
}

extension Node: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByNilLiteral, ExpressibleByBooleanLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(arrayLiteral elements: Node...) { self = .list(elements) }
  package init(floatLiteral number: Double) { self = .number(number) }
  package init(integerLiteral number: Int) { self = .number(Double(number)) }
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral flag: Bool) { self = .bool(flag) }
}

/// What is wrong with a scenario, as a sentence.
package struct ScenarioError: Error, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// What a scenario does that is no decision of asyncio's, as a verb and its object.
package struct OutsideScope: Error, Equatable {
  package let what: String
  init(_ what: String) { self.what = what }
}

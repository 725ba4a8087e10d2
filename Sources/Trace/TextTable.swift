/// The texts of a run: names, files, values, messages, output. Each has a ``TextID``.
package struct TextTable: Sendable {
  private var texts: [String] = [""]
  private var index = TextIndex()

  package init() {}

  /// The number of texts, with the empty one that every table starts with.
  package var count: Int { texts.count }

  /// - Returns: the text, or an empty one for an identity that this table never gave.
  package subscript(id: TextID) -> String {
    let index = Int(id.rawValue)
    return index < texts.count ? texts[index] : ""
  }

  /// Finds or adds a text that is likely to come again. O(length).
  package mutating func intern(_ text: String) -> TextID {
    if text.isEmpty { return .empty }
    let next = TextID(UInt32(texts.count))
    let id = index.find(text, among: texts, orAdd: next)
    if id == next { texts.append(text) }
    return id
  }

  /// Adds a text without looking for it: what a program prints. O(1).
  package mutating func append(_ text: String) -> TextID {
    let id = TextID(UInt32(texts.count))
    texts.append(text)
    return id
  }

  /// The texts from an index on, in the order of their identities. O(number of texts handed out).
  package func suffix(from index: Int) -> [String] {
    index < texts.count ? Array(texts[max(index, 0)...]) : []
  }

  /// The identities of the texts for which a condition holds. O(texts).
  package func identities(where holds: (String) -> Bool) -> [TextID] {
    texts.indices.filter { holds(texts[$0]) }.map { TextID(UInt32($0)) }
  }
}

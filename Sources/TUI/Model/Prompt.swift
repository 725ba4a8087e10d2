/// A line that the user is typing at the foot of the screen.
package struct Prompt: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable {
    case filter
    case search
    case write
    /// A line for the program's standard input.
    case input
  }

  package let purpose: Purpose
  package private(set) var text: String
  /// What `text` was before, to go back to.
  package let former: String

  package init(_ purpose: Purpose, text: String = "", former: String = "") {
    self.purpose = purpose
    self.text = text
    self.former = former
  }

  package var label: String {
    switch purpose {
    case .filter: "lanes with: "
    case .search: "search: "
    case .write: "write the run to: "
    case .input: "input: "
    }
  }

  /// Adds what was typed or pasted. A line has no line breaks, but a program may be given several
  /// lines at once.
  package mutating func insert(_ text: String) {
    self.text += purpose == .input ? text : text.filter { !$0.isNewline }
  }

  package mutating func deleteBackward() { _ = text.popLast() }

  package mutating func deleteAll() { text = "" }
}

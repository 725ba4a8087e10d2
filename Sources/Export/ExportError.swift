/// Why a run cannot be exported as it was asked: a sentence for the user, with what to do instead.
package struct ExportError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

package import Python
import Testing

package enum Interpreters {
  /// One interpreter of each version that is installed here, found once.
  package static let installed = Interpreter.installed()
}

extension Interpreter: CustomTestStringConvertible {
  package var testDescription: String { "Python \(version)" }
}

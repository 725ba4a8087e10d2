package import Python
package import Testing

package enum Interpreters {
  /// One interpreter of each version that is installed here, found once.
  package static let installed = Interpreter.installed()
}

extension Interpreter: CustomTestStringConvertible {
  package var testDescription: String { "Python \(version)" }
}

extension Trait where Self == ConditionTrait {
  package static var whereInterpretersAre: Self {
    .enabled(
      if: !Interpreters.installed.isEmpty,
      "no Python \(Interpreter.supportedVersions) is installed")
  }
}

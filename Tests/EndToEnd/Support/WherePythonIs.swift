import Python
import Testing

extension Trait where Self == ConditionTrait {
  static var wherePythonIs: Self {
    .enabled(if: hasPython, "no python3 from \(Interpreter.supportedVersions) is on PATH")
  }
}

private let hasPython = (try? Interpreter.find(named: "python3")) != nil

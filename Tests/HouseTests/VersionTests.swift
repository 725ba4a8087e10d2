import Foundation
import Loop
import Python
import Testing

/// Which versions of CPython there are is decided by `Interpreter.supportedMinors`. Where it cannot be
/// asked, it stands again.
@Suite struct VersionTests {
  private static let first = Interpreter.supportedMinors.lowerBound
  private static let last = Interpreter.supportedMinors.upperBound

  @Test func `the loop has a profile of each version that the recorder is made for`() {
    #expect(Profile.supported.map(\.minor) == Array(Interpreter.supportedMinors))
  }

  @Test(arguments: [
    ("Sources/Python/Recorder/00_recorder.py", "not (3, \(first)) <= VERSION <= (3, \(last)):"),
    ("Sources/Python/Recorder/00_recorder.py", "library only, CPython 3.\(first) to 3.\(last)."),
    ("Sources/Python/Recorder/00_recorder.py", "under CPython 3.\(first) to 3.\(last); this is"),
    ("docs/python.md", "one file for CPython 3.\(first) to 3.\(last),"),
    ("README.md", "under your own CPython, 3.8 to 3.\(last) (3.\(first)"),
    ("Tests/PythonTests/recorder/interpreters.py", "for minor in range(\(first), \(last + 1))]"),
  ])
  func `a file that cannot ask says the same versions`(path: String, words: String) throws {
    let text = try String(contentsOf: projectRoot.appending(path: path), encoding: .utf8)
    #expect(text.contains(words), "\(path) does not say: \(words)")
  }
}

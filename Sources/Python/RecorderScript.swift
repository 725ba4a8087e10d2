internal import CRecorderText

/// The recorder: one file of Python, kept in the executable, that runs the user's program.
package enum RecorderScript {
  /// Its whole text.
  package static var text: String {
    var length = 0
    guard let bytes = recorder_text(&length) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }

  /// Writes it to a private file of its own, for an interpreter that is about to start.
  ///
  /// The file removes itself and its folder when it runs: the process that started it may have
  /// become the interpreter by then.
  static func writePrivately() throws(PythonFailure) -> PrivateFile {
    let removal =
      "if __name__ == '__main__': "
      + "import os; os.remove(__file__); os.rmdir(os.path.dirname(__file__))\n"
    return try PrivateFile(name: "loopscope_recorder.py", contents: removal + text)
  }
}

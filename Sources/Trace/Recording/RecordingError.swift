/// Why a recording cannot be opened, or cannot go on being written. Each is one sentence or two
/// for the user: what, where, and what to do.
public enum RecordingError: Error, Equatable {
  case notFound(path: String)
  /// There is only its part, of a run that goes on or was killed.
  case unfinished(path: String)
  case isDirectory(path: String)
  case empty(path: String)
  case notARecording(path: String)
  /// The first line is one of ours but wrong; `why` is a sentence without its full stop.
  case badHeader(path: String, why: String)
  case newer(path: String, version: UInt64)
  /// `code` is an `errno`.
  case cannotRead(path: String, code: Int32)
  case cannotCreate(path: String, code: Int32)
  /// There is such a file, and it is no recording.
  case wouldReplace(path: String)
  /// `kept` is the file that holds what was written so far.
  case cannotWrite(path: String, code: Int32, kept: String)
  case headerTooLong(path: String)
}

extension RecordingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file \(path). Check the path."
    case .unfinished(let path):
      "There is no file \(path), but \(path).part, of a run that goes on or was killed: it plays up to "
        + "its last event."
    case .isDirectory(let path):
      "\(path) is a directory. Name a recording in it."
    case .empty(let path):
      "\(path) is empty: nothing was recorded. Record the run again."
    case .notARecording(let path):
      "\(path) is not a recording of loopscope: its first line is not a recording's header. "
        + (path.hasSuffix(".py")
          ? "`loopscope python \(path)` watches it as a program." : "Check the path.")
    case .badHeader(let path, let why):
      "The header of \(path) cannot be used: \(why). Record the run again."
    case .newer(let path, let version):
      "This recording is format \(version); this loopscope reads up to "
        + "\(RecordingFormat.version) (\(path)). Update loopscope."
    case .cannotRead(let path, let code):
      "\(path) cannot be read: \(reason(code)). Check the file and its permissions."
    case .cannotCreate(let path, let code):
      "The recording \(path) cannot be created: \(reason(code)). Choose another place."
    case .wouldReplace(let path):
      "The recording \(path) cannot be created: there is a file of that name that is no recording. "
        + "Choose another name."
    case .cannotWrite(let path, let code, let kept):
      "The recording \(path) cannot be written: \(reason(code)). "
        + "What was written so far is in \(kept) and can be played."
    case .headerTooLong(let path):
      "The recording \(path) cannot be created: the program's sources are longer than "
        + "\(RecordingFormat.longestLine >> 20) MiB. Leave some of them out."
    }
  }

  private func reason(_ code: Int32) -> String { OutputFile.Failure(code: code).reason }
}

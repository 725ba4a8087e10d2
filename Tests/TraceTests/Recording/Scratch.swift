import Foundation
import Trace

/// A folder of its own for one test, removed with it.
final class Scratch {
  let path: String

  init() throws {
    // In memory where there is such a place: some tests write thousands of files.
    let memory = "/dev/shm/"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    path = (isThere ? memory : NSTemporaryDirectory()) + "trace-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Writes a file and returns its path.
  func write(_ bytes: some Sequence<UInt8>, to name: String = "run.jsonl") throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func write(_ text: String, to name: String = "run.jsonl") throws -> String {
    try write(text.utf8, to: name)
  }
}

/// All that a recording holds.
struct Contents: Equatable {
  var texts: [String] = []
  var events: [Event] = []
  var end: RecordingReader.End?
  var notices: [String] = []

  init(of path: String, maxEvents: Int = 1000) throws {
    let reader = try RecordingReader(path: path)
    while let batch = reader.next(maxEvents: maxEvents) {
      texts += batch.texts
      events += batch.events
    }
    end = reader.end
    notices = reader.notices
  }
}

let plainHeader = RunHeader(program: ["cats"], clock: .virtual, runtime: "loopscope 1.0")

/// A recording's first line, for tests that write the rest by hand.
let headerLine = """
  {"loopscope":1,"clock":"virtual","unit":"ns","program":["cats"],"runtime":"loopscope 1.0"}

  """

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An interpreter that answers messages in their order, with the recorder at its side.
///
/// A message and an answer are each a number of bytes on a line, and then the bytes; an answer may
/// be -1 instead, which says that there is none.
package final class PythonWorker {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let files: [PrivateFile]
  private var received: [UInt8] = []
  private var start = 0
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  /// - Parameter script: the text of its program, whose first argument is the recorder's folder.
  package init(_ interpreter: Interpreter, script: String) throws(PythonFailure) {
    let recorder = try PrivateFile(
      name: "loopscope_recorder.py", contents: RecorderScript.text)
    let program = try PrivateFile(name: "worker.py", contents: script)
    files = [recorder, program]
    let folder = String(recorder.path.dropLast("/loopscope_recorder.py".count))
    let questions = try Descriptor.pipe()
    let answers = try Descriptor.pipe()
    input = questions.write
    output = answers.read
    let spawn = Spawn(
      program: interpreter.path,
      arguments: [interpreter.path, "-B", program.path, folder],
      descriptors: [(.ours(questions.read), STDIN_FILENO), (.ours(answers.write), STDOUT_FILENO)],
      isSession: false)
    process = try spawn.start()
    close(questions.read)
    close(answers.write)
  }

  deinit {
    close(input)
    close(output)
    _ = ProcessEnd.wait(for: process)
    for file in files { file.remove() }
  }

  package func send(_ message: String) {
    let bytes = Array("\(message.utf8.count)\n\(message)".utf8)
    _ = Descriptor.write(bytes[...], to: input)
  }

  /// The next answer; nil where there is none, or where the interpreter has ended.
  package func receive() -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      guard let byte = take(1)?.first else { return nil }
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    guard let count = Int(String(decoding: line, as: UTF8.self)), count >= 0 else { return nil }
    return take(count)
  }

  private func take(_ count: Int) -> [UInt8]? {
    while received.count - start < count {
      guard
        case .bytes(let read) = room.withUnsafeMutableBytes({ Descriptor.read(output, into: $0) })
      else { return nil }
      if start > 1 << 20 {
        received.removeFirst(start)
        start = 0
      }
      received += room[..<read]
    }
    defer { start += count }
    return Array(received[start..<start + count])
  }
}

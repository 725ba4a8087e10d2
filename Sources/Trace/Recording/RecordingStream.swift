#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A recording that arrives in pieces, from a recorder that is still at work.
///
/// Pieces may end anywhere, within a line or a character. Nothing traps, whatever they hold.
package struct RecordingStream {
  /// Nil until the first line has arrived.
  package private(set) var header: RunHeader?
  /// What is wrong with the line that ended the reading, as a clause; nothing after it is read.
  package private(set) var damage: String?
  /// How many lines were passed over because this version does not know what they mean.
  package private(set) var skippedCount = 0

  /// How often the recorder has said that it holds the loop.
  package private(set) var heldCount = 0

  /// For outputs in what ``drain()`` would give that arrive as other bytes than their text's: the texts
  /// that have those bytes for characters, by the index of the event.
  package private(set) var bytesOfOutputs: [Int: [TextID]] = [:]
  private var bytesOfNext: [Stream: [TextID]] = [:]

  private let name: String
  private var decoder = LineDecoder()
  private var batch = Batch()
  /// The beginning of a line whose end has not arrived.
  private var rest: [UInt8] = []

  /// - Parameter name: what errors call the recording.
  package init(name: String) { self.name = name }

  /// The number of the line last read.
  package var line: Int64 { decoder.line }

  /// The moment of the event last read, in nanoseconds since the start of the run.
  package var time: Int64 { decoder.time }

  /// Whether what has arrived breaks off within a line.
  package var isTorn: Bool { !rest.isEmpty && damage == nil }

  /// Takes in what has arrived. O(bytes).
  package mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard damage == nil else { return }
    var unread = bytes[...]
    while damage == nil, let newline = firstNewline(in: unread) {
      let line = UnsafeRawBufferPointer(rebasing: unread[..<newline])
      unread = unread[(newline + 1)...]
      if rest.isEmpty {
        read(line)
      } else {
        let whole = rest + line
        rest.removeAll(keepingCapacity: true)
        whole.withUnsafeBytes { read($0) }
      }
    }
    if damage == nil {
      rest += unread
      if rest.count > RecordingFormat.longestLine {
        damage = "it is longer than \(RecordingFormat.longestLine >> 20) MiB"
        rest.removeAll()
      }
    }
  }

  /// Hands out what was read since the last call.
  package mutating func drain() -> Batch {
    defer {
      batch = Batch()
      if !bytesOfOutputs.isEmpty { bytesOfOutputs = [:] }
    }
    return batch
  }

  private func firstNewline(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    let part = UnsafeRawBufferPointer(rebasing: bytes)
    guard let start = part.baseAddress, let found = memchr(start, 0x0A, part.count) else {
      return nil
    }
    return bytes.startIndex + start.distance(to: UnsafeRawPointer(found))
  }

  private mutating func read(_ line: UnsafeRawBufferPointer) {
    guard header != nil else {
      readHeader(line)
      return
    }
    // An empty line has no bytes, and perhaps no address.
    guard let start = line.bindMemory(to: UInt8.self).baseAddress else { return }
    switch decoder.decode(start, count: line.count) {
    case .event(let event):
      batch.events.append(event)
      if !bytesOfNext.isEmpty, case .output(_, _, let stream) = event.fact {
        bytesOfOutputs[batch.events.count - 1] = bytesOfNext.removeValue(forKey: stream)
      }
    case .events: batch.events += decoder.expansion
    case .text(let text):
      for _ in 0..<decoder.missingTexts { batch.texts.append("") }
      batch.texts.append(text)
    case .held: heldCount += 1
    case .bytes(let text, let stream): bytesOfNext[stream, default: []].append(text)
    case .skipped: skippedCount += 1
    case .blank: break
    case .malformed(let why): damage = why.description
    }
  }

  private mutating func readHeader(_ line: UnsafeRawBufferPointer) {
    do throws(RecordingError) {
      guard let json = JSONValue(bytes: line.bindMemory(to: UInt8.self)) else {
        throw .notARecording(path: name)
      }
      header = try RunHeader(json, path: name)
    } catch {
      damage = "\(error)"
    }
  }
}

extension RunHeader {
  /// The first line of a recording, with its newline.
  func put(in buffer: inout ByteBuffer) {
    buffer.reserve(256)
    buffer.put("{\"loopscope\":")
    buffer.put(UInt64(RecordingFormat.version))
    buffer.put(",\"clock\":\"")
    switch clock {
    case .virtual: buffer.put("virtual")
    case .real: buffer.put("real")
    }
    buffer.put("\",\"unit\":\"ns\",\"program\":")
    buffer.putJSONArray(program) { buffer, text in buffer.putJSON(text) }
    buffer.reserve(256)
    buffer.put(",\"runtime\":")
    buffer.putJSON(runtime)
    buffer.reserve(256)
    if let seed {
      buffer.put(",\"seed\":")
      buffer.put(seed)
    }
    if let chances, chances >= 0, chances < .max {
      buffer.put(",\"chances\":")
      buffer.put(UInt64(chances))
    }
    if let process, process >= 0 {
      buffer.put(",\"process\":")
      buffer.put(UInt64(process))
    }
    if !sources.isEmpty {
      buffer.put(",\"sources\":")
      buffer.putJSONArray(sources) { buffer, source in
        buffer.reserve(256)
        buffer.put("{\"name\":")
        buffer.putJSON(source.name)
        buffer.reserve(256)
        buffer.put(",\"text\":")
        buffer.putJSON(source.text)
        buffer.reserve(256)
        buffer.put("}")
      }
    }
    buffer.reserve(256)
    buffer.put("}\n")
  }

  /// Reads what a header says. Keys that it does not know are passed over.
  init(_ json: JSONValue, path: String) throws(RecordingError) {
    guard json["loopscope"] != .null else { throw .notARecording(path: path) }
    guard let version = json["loopscope"].unsigned, version > 0 else {
      throw .badHeader(path: path, why: "\"loopscope\" should be a whole number from 1 on")
    }
    guard version <= UInt64(RecordingFormat.version) else {
      throw .newer(path: path, version: version)
    }
    guard json["unit"] == .null || json["unit"].string == "ns" else {
      throw .badHeader(path: path, why: "\"unit\" should be \"ns\"")
    }
    guard let clock = json["clock"].string.flatMap(Clock.init(rawValue:)) else {
      throw .badHeader(path: path, why: "\"clock\" should be \"virtual\" or \"real\"")
    }
    guard let program = json["program"].elements?.strings else {
      throw .badHeader(path: path, why: "\"program\" should be an array of strings")
    }
    guard let runtime = json["runtime"].string else {
      throw .badHeader(path: path, why: "\"runtime\" should be a string")
    }
    self.init(program: program, clock: clock, runtime: runtime)
    if json["seed"] != .null {
      guard let seed = json["seed"].unsigned else {
        throw .badHeader(path: path, why: "\"seed\" should be a whole number from 0 to 2^64 - 1")
      }
      self.seed = seed
    }
    if json["chances"] != .null {
      guard let chances = json["chances"].unsigned.flatMap(Int.init(exactly:)) else {
        throw .badHeader(
          path: path, why: "\"chances\" should be a whole number from 0 to 2^63 - 1")
      }
      self.chances = chances
    }
    if json["process"] != .null {
      guard let process = json["process"].unsigned.flatMap(Int.init(exactly:)) else {
        throw .badHeader(
          path: path, why: "\"process\" should be a whole number from 0 to 2^63 - 1")
      }
      self.process = process
    }
    if json["sources"] != .null {
      guard let sources = json["sources"].elements?.sources else {
        throw .badHeader(
          path: path,
          why: "\"sources\" should be an array of objects with a \"name\" and a \"text\"")
      }
      self.sources = sources
    }
  }
}

extension [JSONValue] {
  fileprivate var strings: [String]? {
    let strings = compactMap(\.string)
    return strings.count == count ? strings : nil
  }

  fileprivate var sources: [RunHeader.SourceText]? {
    let sources = compactMap { source -> RunHeader.SourceText? in
      guard let name = source["name"].string, let text = source["text"].string else { return nil }
      return RunHeader.SourceText(name: name, text: text)
    }
    return sources.count == count ? sources : nil
  }
}

extension ByteBuffer {
  fileprivate mutating func putJSONArray<Element>(
    _ elements: [Element], _ putElement: (inout ByteBuffer, Element) -> Void
  ) {
    reserve(2)
    put("[")
    for (index, element) in elements.enumerated() {
      reserve(2)
      if index > 0 { put(",") }
      putElement(&self, element)
    }
    reserve(2)
    put("]")
  }
}

internal import CDemoText

extension Demo {
  /// The text of the Swift file that the demo stands in.
  public var sourceText: String {
    var length = 0
    guard let bytes = demo_text(file, &length) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

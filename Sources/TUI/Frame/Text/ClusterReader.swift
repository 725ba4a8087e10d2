/// Reads the glyphs at the start of a text from its UTF-8 alone, as far as their borders can be
/// told without Unicode's tables: ASCII, letters and symbols that nothing joins, the common
/// diacritical marks on them, pictographs with what is joined to them, flags.
struct ClusterReader {
  private let bytes: UnsafeBufferPointer<UInt8>

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Hands out glyphs until `body` answers false.
  ///
  /// - Returns: the bytes that were read, up to the first cluster whose borders are not known here,
  ///   and whether `body` wants more.
  @inline(__always)
  func forEachGlyph(
    _ body: (Unicode.Scalar, Int, Marks) -> Bool
  ) -> (read: Int, goesOn: Bool) {
    var index = 0
    var ahead = Part(bytes, at: 0)
    while let part = ahead, part.role.isBase {
      var end = index + part.length
      var marks = Marks()
      ahead = Part(bytes, at: end)
      if let follower = ahead, !follower.role.isBase || part.role == .flag {
        guard let joined = join(to: part, from: end) else { return (index, true) }
        (marks, end) = joined
        ahead = Part(bytes, at: end)
      }
      let isASCII = 0x20..<0x7F ~= part.value
      let shown = isASCII ? part.scalar : Glyph.sanitised(part.scalar)
      guard body(shown, isASCII ? 1 : columns(ofSanitised: shown), marks) else {
        return (end, false)
      }
      index = end
    }
    return (index, true)
  }

  /// What joins a base: the marks that are shown, and where the cluster ends. What else may join it
  /// is passed over, as ``Glyph`` says.
  ///
  /// - Returns: nil where that is not known here.
  private func join(to base: Part, from start: Int) -> (marks: Marks, end: Int)? {
    // Nothing joins a control character, not even a mark.
    guard base.value >= 0x20, base.value != 0x7F else { return nil }
    var marks = Marks()
    var takesMarks = true
    var end = start
    if base.role == .flag, let second = Part(bytes, at: end), second.role == .flag {
      end += second.length
    }
    while let part = Part(bytes, at: end) {
      switch part.role {
      case .single, .pictograph, .flag: return (marks, end)
      case .mark:
        if takesMarks { marks.append(part.scalar) }
        end += part.length
      case .passedOver: end += part.length
      case .joiner:
        takesMarks = false
        end += part.length
        guard let next = Part(bytes, at: end) else { return (marks, end) }
        switch (base.role, next.role) {
        case (.pictograph, .pictograph): end += next.length
        case (_, .pictograph) where base.value < 0x7F: return (marks, end)
        case (_, .single) where next.value < 0x7F: return (marks, end)
        default: return nil
        }
      case .unknown: return nil
      }
    }
    return (marks, end)
  }
}

/// A scalar of UTF-8, and what it can be in a grapheme cluster.
private struct Part {
  enum Role {
    /// Begins a cluster; only marks and joiners can join it.
    case single
    /// The same; and after a joiner it joins another one.
    case pictograph
    /// Half of a flag.
    case flag
    /// A mark that is shown.
    case mark
    /// Joins what is before it, and is not shown: a variation selector, a tone of skin.
    case passedOver
    case joiner
    case unknown

    var isBase: Bool { self == .single || self == .pictograph || self == .flag }
  }

  let value: UInt32
  /// In bytes.
  let length: Int
  let role: Role

  var scalar: Unicode.Scalar { Unicode.Scalar(value) ?? Glyph.replacement }

  /// Nil at the end. Swift's strings are always well-formed, so that the lead byte tells the length.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard index < bytes.count else { return nil }
    let lead = bytes[index]
    if lead < 0x80 {
      value = UInt32(lead)
      length = 1
      role = .single
      return
    }
    func rest(_ place: Int) -> UInt32 { UInt32(bytes[index + place] & 0x3F) }
    if lead & 0xE0 == 0xC0 {
      value = UInt32(lead & 0x1F) << 6 | rest(1)
      length = 2
    } else if lead & 0xF0 == 0xE0 {
      value = UInt32(lead & 0x0F) << 12 | rest(1) << 6 | rest(2)
      length = 3
    } else {
      value = UInt32(lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)
      length = 4
    }
    role = Self.role(of: value)
  }

  private static func role(of value: UInt32) -> Role {
    switch value {
    case let value where Glyph.isSolitary(value): .single
    case 0x300..<0x370: .mark
    case 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF: .passedOver
    case 0x200D: .joiner
    case let value where Glyph.isPictograph(value): .pictograph
    case 0x1F1E6...0x1F1FF: .flag
    default: .unknown
    }
  }
}

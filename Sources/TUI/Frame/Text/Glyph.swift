/// One sanitised glyph of a text: what may safely be written into a cell.
///
/// Texts come from recordings, other people's programs and keyboards, and are not trusted: an
/// escape sequence in a coroutine's name must be seen, not obeyed. The rule, for each `Character`:
///
/// - C0 controls become their pictures (`␛`), and DEL becomes `␡`.
/// - Anything else without a shape of its own (C1 controls, bidirectional and other format
///   characters, private and unassigned scalars, a mark without its base) becomes `U+FFFD`.
/// - A base keeps at most four marks, ncurses' limit. What else joins it (zero width joiners and
///   what follows them, variation selectors, skin tones, a second regional indicator) is dropped,
///   because terminals disagree about its width.
/// - Scalars younger than Unicode 14 become `U+FFFD`: C libraries in use do not know their width.
struct Glyph: Equatable {
  static let replacement: Unicode.Scalar = "\u{FFFD}"
  static let mostMarks = 4

  var base: Unicode.Scalar
  /// 1 or 2 columns.
  var width: Int
  var marks = Marks()

  /// The scalar as a glyph of its own.
  init(_ scalar: Unicode.Scalar) {
    base = Glyph.sanitised(scalar)
    width = columns(ofSanitised: base)
  }

  /// - Parameter scalars: those of one `Character`.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var rest = scalars.makeIterator()
    self.init(rest.next() ?? Glyph.replacement)
    guard base != Glyph.replacement else { return }
    while let scalar = rest.next(), scalar != "\u{200D}", !marks.isFull {
      if Glyph.isMark(scalar) { marks.append(scalar) }
    }
  }

  /// A base with its marks.
  static func text(_ base: Unicode.Scalar, _ marks: Marks) -> String {
    String(unsafeUninitializedCapacity: 4 * (1 + mostMarks)) { bytes in
      var count = 0
      func add(_ scalar: Unicode.Scalar) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[count] = byte
          count += 1
        }
      }
      add(base)
      for mark in marks { add(mark) }
      return count
    }
  }

  static func sanitised(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20..<0x7F: return scalar
    case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? replacement
    case 0x7F: return "\u{2421}"
    case 0x1F1E6...0x1F1FF: return scalar
    case let value where isPictograph(value): return scalar
    case let value where isSolitary(value): return scalar
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate, .lineSeparator,
      .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return replacement
    default:
      return isOld(scalar) && columns(ofSanitised: scalar) > 0 ? scalar : replacement
    }
  }

  /// Whether no neighbour but a mark or a joiner can ever join this scalar, so that it can be drawn
  /// without looking for the border of its grapheme cluster. All of these are older than Unicode 14
  /// and have a shape, but for the C0 controls.
  static func isSolitary(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x7F: true
    case 0xA0...0x2FF: value != 0xAD
    case 0x400...0x481, 0x48A...0x52F, 0x2010...0x2027, 0x2190...0x23FF, 0x2500...0x27BF,
      0x2800...0x28FF, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3:
      true
    default: value == 0x7F
    }
  }

  /// Whether it is one of the common pictographs, to which another can be joined. All of these are
  /// older than Unicode 14 and two columns wide or one, as the table says.
  static func isPictograph(_ value: UInt32) -> Bool {
    switch value {
    case 0x1F300...0x1F321, 0x1F324...0x1F393, 0x1F3A0...0x1F3F0, 0x1F400...0x1F4FD,
      0x1F4FF...0x1F53D, 0x1F550...0x1F567, 0x1F5FA...0x1F64F, 0x1F680...0x1F6C5,
      0x1F90C...0x1F93A, 0x1F947...0x1F9FF:
      true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    // The combining diacritical marks are nearly all that is met.
    if 0x300..<0x370 ~= scalar.value { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      return !scalar.properties.isVariationSelector && isOld(scalar)
    default: return false
    }
  }

  private static func isOld(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age.major <= 14
  }
}

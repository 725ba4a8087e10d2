#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the terminal can show beyond ASCII.
enum CharacterSet {
  case unicode, ascii

  /// Chooses the locale of characters, and of nothing else: numbers stay as programs write them.
  ///
  /// A container often names a UTF-8 locale that is not installed. The C library then falls back to
  /// ASCII without a word, though the terminal is well able to show more: so the name counts.
  static func choose() -> CharacterSet {
    setlocale(LC_CTYPE, "")
    if isUTF8 { return .unicode }
    let name = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""
    if namesUTF8(name), setlocale(LC_CTYPE, "C.UTF-8") != nil, isUTF8 { return .unicode }
    return .ascii
  }

  /// Whether a locale's name ends as UTF-8's do: `en_GB.UTF-8`, `C.utf8`, `de_DE.UTF-8@euro`.
  static func namesUTF8(_ name: String) -> Bool {
    let codeset = name.split(separator: "@").first?.split(separator: ".").last ?? ""
    return ["utf-8", "utf8"].contains(codeset.lowercased())
  }

  private static var isUTF8: Bool {
    nl_langinfo(nl_item(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
  }
}

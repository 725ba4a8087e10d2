/// The numbers that `docs/recording-format.md` promises.
package enum RecordingFormat {
  /// What the header's `loopscope` says. It changes only when an older reader could not go on.
  package static let version = 1

  /// The longest line, the header included: 64 MiB. A reader holds one line in memory, no more.
  package static let longestLine = 64 << 20

  /// The longest text, in bytes of UTF-8 before escaping; a writer cuts longer ones. Escaped six
  /// to one it still fits in a line.
  package static let longestText = 8 << 20

  /// Times have at most 18 digits, 31 years, so that sums of a few of them cannot overflow.
  package static let latestTime: Int64 = 999_999_999_999_999_999

  /// The mark that ends a recording of a program which goes on, in the place of the run's end.
  package static let stopped = "The recording was stopped; the program goes on."

  /// How many bytes of lines a writer gathers before it hands them to the system.
  static let bufferSize = 64 << 10

  /// A compressed recording may expand to this many bytes whatever its size …
  static let alwaysExpanded = 64 << 20

  /// … and beyond that to this many times its size. Real ones reach 30.
  static let greatestExpansion = 250

  /// Identities may run ahead of the lines by this much, and by what was reported as dropped, up
  /// to `mostDropped`. It bounds what a hostile file can make a viewer allocate.
  static let identitySlack: Int64 = 1024
  static let identitiesPerLine: Int64 = 2
  static let mostDropped: Int64 = 1 << 20

  /// How many handles one line may schedule. Like the limit before, it keeps a short file short.
  static let mostScheduledAtOnce: Int64 = 64
}

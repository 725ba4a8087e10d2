/// What a run is, apart from what happened in it: the first line of a recording.
public struct RunHeader: Equatable, Sendable {
  public enum Clock: String, CaseIterable, Sendable {
    /// Time jumps to the next timer when nothing is ready.
    case virtual
    case real
  }

  /// A source file's text, kept in the recording so that a viewer never opens a path that it names.
  public struct SourceText: Equatable, Sendable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The program's name and its arguments.
  public var program: [String]
  public var clock: Clock
  /// What ran it, with its version: `loopscope 1.0 as CPython 3.13`, `CPython 3.12.1`.
  public var runtime: String
  /// The seed of everything that was chosen arbitrarily; nil where the runtime has none.
  public var seed: UInt64?
  /// How often the seed may have something late or out of order; nil where that is not limited, or
  /// where the runtime leaves nothing of that kind to chance.
  public var chances: Int?
  /// The number of the process, where several of one program are recorded.
  public var process: Int?
  public var sources: [SourceText]

  public init(
    program: [String], clock: Clock, runtime: String, seed: UInt64? = nil,
    chances: Int? = nil, process: Int? = nil, sources: [SourceText] = []
  ) {
    self.program = program
    self.clock = clock
    self.runtime = runtime
    self.seed = seed
    self.chances = chances
    self.process = process
    self.sources = sources
  }

  /// The program as it was called, and which of its processes this is: `uvicorn app:app (process 4711)`.
  package var title: String {
    program.joined(separator: " ") + (process.map { " (process \($0))" } ?? "")
  }
}

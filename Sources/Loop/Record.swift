public import Trace

/// Does what ``run(_:debug:clock:profile:seed:recordedBy:echo:)`` does, and keeps what happens in a
/// file, for `loopscope play` and for a `RecordingReader` of Trace.
///
/// The file is written while the program runs, as `FILE.part`, and has its name at the end.
///
/// - Parameters:
///   - path: where to; compressed if it ends in `.gz`. An earlier recording is replaced.
///   - program: what the recording says has run.
///   - sources: the texts that are shown beside the lanes.
///   - chances: how many timers the seed may let be late; see ``EventLoop/chances``.
/// - Throws: what the program throws, when the recording is complete; a `RecordingError` if it cannot
///   be written, before the program has begun or when it has ended; ``RuntimeError`` inside a running
///   loop, with an earlier recording as it was.
@discardableResult
public func record<A: Awaitable>(
  _ main: @autoclosure () throws -> A, to path: String,
  program: [String] = RunHeader.commandLine, sources: [RunHeader.SourceText] = [],
  debug: Bool = false, clock: RunHeader.Clock = .real, profile: Profile = .latest,
  seed: UInt64 = 0, chances: Int = 0,
  echo: ((String, Stream) -> Void)? = writeToStandardStreams
) throws -> A.Value {
  guard EventLoop.running == nil else {
    throw RuntimeError("record() cannot be called from a running event loop")
  }
  let header = RunHeader(
    program: program, clock: clock, profile: profile, seed: seed, chances: chances,
    sources: sources)
  let writer = try RecordingWriter(path: path, header: header)
  // The writer keeps an error and throws it again.
  let recorder = Recorder { try? writer.append($0) }
  let loop = EventLoop(
    clock: clock, profile: profile, seed: seed, recordedBy: recorder, echo: echo)
  loop.chances = chances
  loop.setDebug(debug)
  let outcome = Result { try Runner(loop).closed { try $0.run(try main()) } }
  try writer.append(recorder.drain())
  try writer.finish()
  return try outcome.get()
}

extension RunHeader {
  /// What a recording says of a run on an ``EventLoop`` with this clock, profile, seed and chances.
  public init(
    program: [String] = Self.commandLine, clock: Clock, profile: Profile = .latest,
    seed: UInt64 = 0, chances: Int = 0, sources: [SourceText] = []
  ) {
    self.init(
      program: program, clock: clock, runtime: "loopscope as CPython \(profile)", seed: seed,
      chances: chances == 0 ? nil : chances, sources: sources)
  }

  /// The name of this process's program, with its arguments.
  public static var commandLine: [String] {
    let arguments = CommandLine.arguments
    let name = arguments.first.flatMap { $0.split(separator: "/").last }.map(String.init)
    return [name ?? ""] + arguments.dropFirst()
  }
}

extension EventLoop {
  /// What a recording says of the runs on this loop; the events are the recorder's.
  public func header(
    program: [String] = RunHeader.commandLine, sources: [RunHeader.SourceText] = []
  ) -> RunHeader {
    RunHeader(
      program: program, clock: clock.kind, profile: profile, seed: seed, chances: chancesGiven,
      sources: sources)
  }
}

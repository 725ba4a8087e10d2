import ArgumentParser
import Export
import Loop
import TUI
import Trace

/// `loopscope export`: a recorded run for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Turn a recorded run into what other programs read.",
    discussion: """
      chrome     a trace for Perfetto and chrome://tracing: a thread a lane
      svg        a picture of all lanes
      html       a page to look through the run in a browser
      asciicast  a film of the screen, for asciinema
      csv        a row for each event, for a spreadsheet
      folded     how often each stack was seen, of a run recorded with --stacks: \
      for flamegraph.pl, inferno, speedscope

      With no --format the name of OUT tells: .json, .svg, .html, .cast, .csv, .folded.
      """)

  @Argument(help: "The recording (.jsonl or .jsonl.gz).", completion: .file())
  var file: String

  @Option(help: "What to make of it.")
  var format: ExportFormat?

  @Option(name: [.short, .long], help: "The file to write. (default: stdout)")
  var output: String?

  @Option(
    help: "Columns and rows of an asciicast. (default: 100x30)", transform: ScreenSize.parse)
  var size: ScreenSize?

  @Option(help: "How fast an asciicast shows the run: 2 is twice as fast, 0.5 half. (default: 1)")
  var speed: Double?

  func validate() throws {
    let format = try chosenFormat()
    guard format == .asciicast || size == nil && speed == nil else {
      throw ValidationError("--size and --speed are an asciicast's: --format asciicast")
    }
    let speeds = Player.speeds[0]...Player.speeds[Player.speeds.count - 1]
    guard speed.map(speeds.contains) ?? true else {
      throw ValidationError("--speed must be from 1/64 (0.015625) to 1024.")
    }
  }

  private func chosenFormat() throws -> ExportFormat {
    if let format = format ?? output.flatMap(ExportFormat.init(path:)) { return format }
    throw ValidationError(
      "Export as what? For example: loopscope export \(file) --format html -o run.html")
  }

  func run() throws {
    let format = try chosenFormat()
    let run = try RecordedRun(path: file)
    var exporter = Exporter(header: run.header, timeline: run.timeline)
    exporter.notices = run.notices
    if let size { exporter.size = Size(columns: size.columns, rows: size.rows) }
    if let speed { exporter.speed = speed }
    guard let output, output != "-" else {
      return try printPieces { try exporter.write(format, to: &$0) }
    }
    // What was recorded is not to be lost for what can be made of it again.
    for path in [output, output + ".part"] where RecordingReader.isRecording(path) {
      throw Failure("\(path) is a recording, which would be lost. Choose another name.")
    }
    do {
      let file = try OutputFile(path: output)
      var pieces = TextPieces { try file.write($0) }
      do {
        try exporter.write(format, to: &pieces)
        try file.finish()
      } catch {
        file.discard()
        throw error
      }
    } catch let error as OutputFile.Failure {
      throw Failure("\(output) cannot be written: \(error.reason). Choose another place.")
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}

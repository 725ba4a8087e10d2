import ArgumentParser
import Loop
import TUI
import Trace

/// `loopscope snapshot`: one frame as plain text.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Print one frame of a recorded run as plain text.")

  @OptionGroup var moment: MomentOptions

  @Option(help: "Columns and rows. (default: 100x30)", transform: ScreenSize.parse)
  var size = ScreenSize(columns: 100, rows: 30)

  @Option(
    parsing: .upToNextOption,
    help: "The panes besides the lanes.")
  var pane: [Pane] = [.loop, .source, .output]

  func run() throws {
    let (run, cursor, time) = try moment.read()
    var model = Model(
      size: Size(columns: size.columns, rows: size.rows), header: run.header, isLive: false,
      panes: pane.filter { $0 != .lanes })
    model.load(run.timeline)
    model.show(cursor, time: time)
    try printLines(view(of: model).lines)
  }
}

extension Pane: ExpressibleByArgument {}

/// Columns and rows as the command line writes them: `100x30`.
struct ScreenSize: CustomStringConvertible {
  let columns: Int
  let rows: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// - Throws: a ``Failure`` that says how a size is written.
  static func parse(_ text: String) throws -> ScreenSize {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]),
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { throw Failure("a size is written 100x30, with 1 to 1000 of each.") }
    return ScreenSize(columns: columns, rows: rows)
  }

  var description: String { "\(columns)x\(rows)" }
}

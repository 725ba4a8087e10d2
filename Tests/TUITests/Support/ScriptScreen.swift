import TUI
import Trace
import TraceSamples

extension Script {
  /// The screen that shows this run at its end: a recording's, or that of a program that goes on.
  func model(
    columns: Int = 100, rows: Int = 20, isLive: Bool = false,
    sources: [RunHeader.SourceText] = [], panes: [Pane] = []
  ) -> Model {
    let header = RunHeader(program: ["app.py"], clock: .real, runtime: "test", sources: sources)
    var model = Model(
      size: Size(columns: columns, rows: rows), header: header, isLive: isLive, panes: panes)
    model.receive(batch, ended: !isLive)
    model.show(cursor)
    return model
  }
}

import Trace

/// All that a recording holds.
struct Contents: Equatable {
  var texts: [String] = []
  var events: [Event] = []
  var end: RecordingReader.End?
  var notices: [String] = []

  init(of path: String, maxEvents: Int = 1000) throws {
    let reader = try RecordingReader(path: path)
    while let batch = reader.next(maxEvents: maxEvents) {
      texts += batch.texts
      events += batch.events
    }
    end = reader.end
    notices = reader.notices
  }
}

let plainHeader = RunHeader(program: ["cats"], clock: .virtual, runtime: "loopscope 1.0")

/// A recording's first line, for tests that write the rest by hand.
let headerLine = """
  {"loopscope":1,"clock":"virtual","unit":"ns","program":["cats"],"runtime":"loopscope 1.0"}

  """

import Trace

/// In which functions steps were seen, where that was looked at.
struct StackTable {
  let stats: Stats
  let timeline: Timeline

  func lines(limit: Int) -> [String] {
    let sightings = timeline.sightings(in: stats.events)
    guard !sightings.isEmpty else { return [] }
    let all = sightings.reduce(0) { $0 + $1.count }
    var table = Table()
    table.add(["seen", "of all", "in"])
    for sighting in sightings.prefix(limit) {
      let part = percent(Int64(sighting.count), of: Int64(all))
      table.add(["\(sighting.count)", part, plain(sighting.words)])
    }
    let rest = sightings.dropFirst(limit)
    if !rest.isEmpty {
      let count = rest.reduce(0) { $0 + $1.count }
      table.add(["\(count)", percent(Int64(count), of: Int64(all)), counted(rest.count, "other")])
    }
    return [""] + table.lines
  }
}

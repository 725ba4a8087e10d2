import TUI
import Trace

/// Where on a picture's axis things stand: what a lane was doing, in pixels.
struct Bars {
  /// A part of a bar. `event` brought the state; nil where several states are drawn as one.
  struct Shape: Equatable {
    var state: LaneState
    var x: Double
    var width: Double
    var event: Int?
  }

  private let timeline: Timeline
  private let axis = Axis()
  private let left: Double
  private let width: Double
  private let scale: Double

  /// Neighbours that are all narrower are drawn as one.
  private static let least = 1.0

  init(timeline: Timeline, left: Int, width: Int) {
    self.timeline = timeline
    self.left = Double(left)
    self.width = Double(width)
    let count = timeline.events.count
    // So that what the last event brought can be seen too.
    let length = axis.position(time: timeline.time(at: count), events: count + 1)
    scale = Double(width) / max(1, length)
  }

  /// - Parameter index: the count of events for the end.
  func x(ofEvent index: Int) -> Double {
    left + axis.position(time: timeline.time(at: index + 1), events: index + 1) * scale
  }

  /// The parts of a lane's bar. A run of states that are too short to be seen is one part: running, if
  /// the lane ran in it, however short. O(stretches).
  func shapes(of stretches: [Stretch]) -> [Shape] {
    var shapes: [Shape] = []
    for stretch in stretches {
      guard !stretch.state.isOver else { break }
      let x = x(ofEvent: stretch.start)
      let shape = Shape(
        state: stretch.state, x: x, width: self.x(ofEvent: stretch.end) - x, event: stretch.start)
      if let last = shapes.last, max(last.width, shape.width) < Self.least {
        let ran = last.state == .running || shape.state == .running
        shapes[shapes.count - 1] = Shape(
          state: ran ? .running : shape.state, x: last.x, width: x + shape.width - last.x)
      } else {
        shapes.append(shape)
      }
    }
    return shapes
  }

  /// The start, and in each stretch of 80 pixels in which time passes its roundest moment, with where
  /// they stand.
  func labels() -> [(x: Double, text: String)] {
    let last = timeline.time(at: timeline.events.count)
    var labels = [(x: left, text: shortTimeText(0))]
    var time: Int64 = 0
    for place in 1..<max(1, Int(width / Self.labelWidth)) {
      let position = Double(place) * Self.labelWidth / scale
      let later = min(last, axis.time(atPosition: position, in: timeline))
      guard let moment = roundest(after: time, upTo: later) else { continue }
      time = later
      let before = timeline.cursor(atTime: moment - 1)
      let x = left + axis.position(time: moment, events: before) * scale
      let former = labels[labels.count - 1]
      // A character is some six pixels wide.
      if x - former.x > max(Self.labelWidth * 0.7, Double(former.text.count + 1) * 6) {
        labels.append((x, shortTimeText(moment)))
      }
    }
    return labels
  }

  private static let labelWidth = 80.0

  /// The moment in a span that is a multiple of the largest round span; nil for an empty span.
  private func roundest(after start: Int64, upTo end: Int64) -> Int64? {
    roundSpans.last { end / $0 * $0 > start }.map { end / $0 * $0 }
  }
}

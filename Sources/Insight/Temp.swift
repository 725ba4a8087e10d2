package import Trace
package struct Explanation { package var sentences: [String] }
package func why(_ lane: LaneID, at cursor: Int, in timeline: Timeline) -> Explanation { Explanation(sentences: ["because"]) }
package func whyNow(at cursor: Int, in timeline: Timeline) -> Explanation { Explanation(sentences: ["because now"]) }
package func describe(event: Int, in timeline: Timeline) -> String { "\(timeline.events[event].fact)" }

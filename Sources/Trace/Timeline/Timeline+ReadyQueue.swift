extension Timeline {
  /// The ready queue where it is longest, cancelled handles apart, after one of some events: how many handles
  /// it has, and the index of the event that made it so long. O(events before the end of those).
  package func longestReadyQueue(in range: Range<Int>) -> (count: Int, event: Int) {
    var longest = (count: 0, event: range.lowerBound)
    var count = 0
    var (entered, left, step) = (0, 0, 0)
    for event in 0..<min(range.upperBound, events.count) {
      switch events[event].fact {
      case .handleScheduled, .timerFired:
        guard entered < handles.queue.count,
          Int(handles.records[Int(handles.queue[entered])].entered) == event
        else { break }
        entered += 1
        count += 1
      case .handleCancelled(let id):
        guard let record = handles.index(of: id).map({ handles.records[$0] }),
          Int(record.cancelled) == event, Int(record.entered) < event, Int(record.place) >= left
        else { break }
        count -= 1
      case .handleBegan:
        guard step < steps.records.count, Int(steps.records[step].began) == event else { break }
        let gone = min(Int(steps.records[step].left), entered)
        step += 1
        while left < gone {
          if Int(handles.records[Int(handles.queue[left])].cancelled) > event { count -= 1 }
          left += 1
        }
      case .dropped:
        left = entered
        count = 0
      default: break
      }
      if event >= range.lowerBound, count > longest.count { longest = (count, event) }
    }
    return longest
  }
}

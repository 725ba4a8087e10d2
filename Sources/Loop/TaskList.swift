/// The tasks of a loop that are not done: `asyncio.all_tasks`. Adding and removing are O(1).
struct TaskList {
  private var places: [TaskCore?] = []
  private var free: [Int] = []

  mutating func add(_ task: TaskCore) {
    if let place = free.popLast() {
      task.place = place
      places[place] = task
    } else {
      task.place = places.count
      places.append(task)
    }
  }

  mutating func remove(_ task: TaskCore) {
    guard task.place >= 0 else { return }
    places[task.place] = nil
    free.append(task.place)
    task.place = -1
  }

  /// Empties the list, and gives what was in it in the order of creation. O(tasks log tasks).
  mutating func takeAll() -> [TaskCore] {
    let all = places.compactMap { $0 }.sorted { $0.id < $1.id }
    for task in all { task.place = -1 }
    places = []
    free = []
    return all
  }

  /// In the order of creation. O(tasks log tasks).
  var all: [TaskCore] { places.compactMap { $0 }.sorted { $0.id < $1.id } }
}

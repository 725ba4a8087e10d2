/// The tasks of a loop that are not done: `asyncio.all_tasks`. Adding and removing are O(1).
struct TaskList {
  typealias Place = UInt32

  private var places: [TaskCore?] = []
  private var free: [Place] = []

  /// Makes room for so many more, if they are more than what is there.
  mutating func reserve(_ count: Int) {
    let more = count - free.count
    if more > places.count { places.reserveCapacity(places.count + more) }
  }

  mutating func add(_ task: TaskCore) {
    if let place = free.popLast() {
      task.place = place
      places[Int(place)] = task
    } else {
      task.place = Place(places.count)
      places.append(task)
    }
  }

  mutating func remove(_ task: TaskCore) {
    guard let place = task.place else { return }
    places[Int(place)] = nil
    free.append(place)
    task.place = nil
  }

  /// Empties the list, and gives what was in it in the order of creation. O(tasks log tasks).
  mutating func takeAll() -> [TaskCore] {
    let all = places.compactMap { $0 }.sorted { $0.id < $1.id }
    for task in all { task.place = nil }
    places = []
    free = []
    return all
  }

  /// In the order of creation. O(tasks log tasks).
  var all: [TaskCore] { places.compactMap { $0 }.sorted { $0.id < $1.id } }
}

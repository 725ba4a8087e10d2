import Loop

/// Does numbered pieces of work, several at once on threads of their own, and takes what comes of them
/// in the order of their numbers, on the caller's.
///
/// Nothing more is begun once one has thrown, or was left.
///
/// - Parameters:
///   - count: how many there are.
///   - jobs: how many at once.
///   - work: does the piece of that number, and may ask whether it is to leave it; nil where it did.
///   - take: is given what was done, also what was done before a piece that was left.
/// - Throws: what the first piece of those that threw has thrown.
func sideBySide<Result: Sendable>(
  _ count: Int, jobs: Int,
  work: @escaping @Sendable (Int, _ isToLeave: @Sendable () -> Bool) throws -> Result?,
  take: (Result) -> Void
) throws {
  let pool = ThreadPoolExecutor(maxWorkers: jobs)
  defer { pool.shutdown() }
  let board = Monitor(Board<Result>())
  var begun = 0
  func begin() {
    guard begun < count else { return }
    let number = begun
    begun += 1
    pool.submit {
      let isToLeave = { @Sendable in board.access { $0.isOver } }
      let outcome = Swift.Result { isToLeave() ? nil : try work(number, isToLeave) }
      board.access(waking: true) { $0.note(outcome, of: number) }
    }
  }
  // A long one holds up the others at last: what is done keeps its memory until it is taken.
  for _ in 0..<min(count, 4 * jobs) { begin() }
  var failure: (any Error)?
  var taken = 0
  while taken < begun {
    switch board.wait({ $0.outcomes.removeValue(forKey: taken) }) {
    case .success(let result?): take(result)
    case .success(nil): break
    case .failure(let error): failure = failure ?? error
    }
    taken += 1
    if !board.access({ $0.isOver }) { begin() }
  }
  if let failure { throw failure }
}

/// What the threads have done.
private struct Board<Result: Sendable> {
  var outcomes: [Int: Swift.Result<Result?, any Error>] = [:]
  /// Whether one has thrown, or was left.
  var isOver = false

  mutating func note(_ outcome: Swift.Result<Result?, any Error>, of number: Int) {
    outcomes[number] = outcome
    if case .success(.some) = outcome { return }
    isOver = true
  }
}

/// A closed choice that stands in a recording as a word.
protocol Word: RawRepresentable where RawValue == UInt8 {
  var word: StaticString { get }
}

extension Word {
  /// Finds the case whose word these bytes are. O(number of cases).
  @inline(__always) init?(bytes: UnsafePointer<UInt8>, count: Int) {
    var raw: UInt8 = 0
    while let candidate = Self(rawValue: raw) {
      let word = candidate.word
      if word.utf8CodeUnitCount == count, equal(word.utf8Start, bytes, count) {
        self = candidate
        return
      }
      raw += 1
    }
    return nil
  }
}

@inline(__always) private func equal(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
  for index in 0..<count where a[index] != b[index] { return false }
  return true
}

extension Wait.Kind: Word {
  var word: StaticString {
    switch self {
    case .yield: "yield"
    case .sleep: "sleep"
    case .future: "future"
    case .task: "task"
    case .gather: "gather"
    case .wait: "wait"
    case .lock: "lock"
    case .event: "event"
    case .condition: "condition"
    case .semaphore: "semaphore"
    case .barrier: "barrier"
    case .queueGet: "queue_get"
    case .queuePut: "queue_put"
    case .queueJoin: "queue_join"
    case .io: "io"
    case .subprocess: "subprocess"
    case .thread: "thread"
    case .consumer: "consumer"
    case .unknown: "unknown"
    }
  }
}

extension ResourceKind: Word {
  var word: StaticString {
    switch self {
    case .lock: "lock"
    case .event: "event"
    case .condition: "condition"
    case .semaphore: "semaphore"
    case .barrier: "barrier"
    case .queue: "queue"
    }
  }
}

extension Outcome: Word {
  var word: StaticString {
    switch self {
    case .result: "result"
    case .exception: "exception"
    case .cancelled: "cancelled"
    }
  }
}

extension Stream: Word {
  var word: StaticString {
    switch self {
    case .stdout: "stdout"
    case .stderr: "stderr"
    }
  }
}

extension Callback.Kind: Word {
  var word: StaticString {
    switch self {
    case .step: "step"
    case .wakeup: "wakeup"
    case .setResult: "set_result"
    case .memberDone: "member_done"
    case .timeout: "timeout"
    case .stop: "stop"
    case .function: "function"
    case .job: "job"
    }
  }
}

extension Cause.Kind: Word {
  var word: StaticString {
    switch self {
    case .taskCreated: "created"
    case .yielded: "yielded"
    case .futureResolved: "resolved"
    case .callSoon: "call_soon"
    case .external: "external"
    case .timer: "timer"
    }
  }
}

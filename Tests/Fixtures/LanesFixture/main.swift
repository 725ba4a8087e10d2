import Loop
import Screen

func nap() -> Coroutine<Void> {
  Coroutine("nap()") {
    try await sleep(1)
    print("awake")
  }
}

try watch(RunHeader(clock: .virtual, seed: 7, sources: .file()), paused: true) { nap() }

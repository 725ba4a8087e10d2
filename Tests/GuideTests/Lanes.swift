import Loop
import Screen
import Trace

func showLanes() throws {
  try watch(RunHeader(clock: .virtual, seed: 7, sources: .file()), paused: true) { main() }
}

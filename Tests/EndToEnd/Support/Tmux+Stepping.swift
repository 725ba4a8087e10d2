import Testing
import TmuxSupport

extension Tmux {
  /// Steps a program that is held twenty times, goes back to the start, and sees the same twenty
  /// steps again: what is known comes from the timeline, and the loop is held all the while.
  func stepTwentyAndRewind() async throws {
    for step in 1...20 {
      try send(".")
      try await wait(forStep: step)
    }
    let atTwenty = try screen()
    for _ in 1...20 { try send(",") }
    try await wait(forStep: 0)
    for _ in 1...20 { try send(".") }
    try await wait(forStep: 20)
    #expect(try screen()[2...] == atTwenty[2...])
  }
}

import Testing
import TmuxSupport

@Suite(.enabled(if: Tmux.isAvailable, "tmux is not installed"))
struct InputTests {
  @Test(
    arguments: [
      ("x", "key(x)"), ("é", "key(é)"), ("日", "key(日)"), ("␛", "key(escape)"),
      ("␛[A", "key(up)"), ("␛OB", "key(down)"), ("␛[1;5C", "key(control right)"),
      ("␛[<0;231;3M", "mouse(press left 230,2)"), ("␛[<65;2;3M", "mouse(wheelDown none 1,2)"),
      ("␛[200~q\u{03}\u{1A}␛[201~", "paste(\"q\\u{03}\\u{1A}\")"),
      ("␛[I", "focus(true)"),
    ])
  func `what is typed arrives as what it means`(typed: String, told: String) async throws {
    let tmux = try await startFixture(columns: 250)
    try tmux.send(typed)
    try await tmux.wait(for: told)
  }

  @Test func `a sequence that comes byte by byte is one key`() async throws {
    let tmux = try await startFixture()
    // From here on it is no Escape key, however long the next byte takes to come.
    try tmux.send(bytes: Array("\u{1B}[1".utf8))
    for byte in ";5A".utf8 { try tmux.send(bytes: [byte]) }
    try await tmux.wait(for: "key(control up)")
  }

  @Test func `ten thousand keys at once are all told`() async throws {
    let tmux = try await startFixture()
    for _ in 0..<10 { try tmux.send(String(repeating: "x", count: 1_000)) }
    try await tmux.wait(for: "TOLD 10000")
  }
}

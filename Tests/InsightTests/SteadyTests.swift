import Testing

@testable import Insight

/// What is another text in each run of the same program.
struct SteadyTests {
  @Test(arguments: [
    ("<Lock at 0x7f12ab34cd56>", "<Lock at #>"), ("('127.0.0.1', 54321)", "('127.0.0.1', #)"),
    ("took 0.1034s", "took #s"), ("took 1.5 seconds", "took # seconds"), ("0.0012", "#"),
    ("12 ms", "# ms"), ("12ms", "#ms"), ("3 µs", "# µs"), ("1.5e-05", "#"),
    ("at 12:30:59,123 it", "at # it"), ("id 3f2a9c1d-9f86-41b0-8a2c-0123456789ab.", "id #."),
    ("/tmp/tmpab12cd_x/file", "/tmp/#/file"), ("pid 71234", "pid #"),
    ("get('http://127.0.0.1:40'…)", "get('http://127.0.0.1:#'…)"), ("page-12…", "page-#…"),
  ])
  func `numbers that are others in each run are left out`(text: String, rest: String) {
    #expect(steady(text) == rest)
  }

  @Test(arguments: [
    "", "meow(3)", "producer1 got 12", "total 1043", "price 1.5", "CPython 3.11.7", "5 s",
    "2 seconds", "localhost:8080", "retry-1-of-3", "1:2", "näve-früh 7", "0", "12:30",
  ])
  func `a program's own numbers count`(text: String) {
    #expect(steady(text) == text)
  }

  @Test func `where no number counts each is one sign`() {
    #expect(numberless("read from 127.0.0.1:80") == "read from #.#.#.#:#")
    #expect(numberless("4711 (sleep)") == "# (sleep)")
  }
}

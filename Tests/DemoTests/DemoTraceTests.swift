import Demos
import GoldenSupport
import Loop
import Testing
import Trace

/// The facts of each demo, compared with `Goldens/NAME.txt`.
struct DemoTraceTests {
  /// The storm's facts are many and all alike, so a small one stands for it.
  private static func arguments(_ demo: Demo) -> [String] {
    demo.name == "storm" ? ["3", "2"] : []
  }

  @Test(arguments: Demo.all)
  func `each demo leaves its golden trace`(demo: Demo) throws {
    let run = try DemoRun(demo, Self.arguments(demo))
    let lines = FactText.lines(of: run.batch)
    expectGolden(lines.joined(separator: "\n") + "\n", named: demo.name)
  }

  @Test(arguments: Demo.all)
  func `ten runs of a demo give one trace`(demo: Demo) throws {
    let first = try DemoRun(demo).batch
    for _ in 1..<10 { #expect(try DemoRun(demo).batch == first) }
  }

  @Test(arguments: Demo.all)
  func `no demo runs a line off the loop's thread`(demo: Demo) throws {
    for profile in Profile.supported {
      #expect(try DemoRun(demo, profile: profile).source.foreignJobs == 0)
    }
  }

  @Test func `a storm of 20000 steps runs on one thread`() throws {
    let run = try DemoRun(try #require(Demo.named("storm")), ["1000", "20"])
    #expect(run.source.foreignJobs == 0)
    #expect(run.failure == nil)
  }

  @Test(arguments: Demo.all)
  func `each demo carries its own text`(demo: Demo) {
    #expect(demo.sourceText.contains("\"\(demo.name)\""))
    #expect(!demo.title.isEmpty && !demo.lesson.isEmpty && !demo.note.isEmpty)
    #expect(demo.lesson.count <= 90)
  }

  @Test func `demos' names are their own`() {
    #expect(Set(Demo.all.map(\.name)).count == Demo.all.count)
  }
}

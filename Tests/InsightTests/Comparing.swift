import Trace
import TraceSamples

@testable import Insight

/// `main()` makes tasks of lanes with these names, each of which prints a line and returns.
func tasks(_ names: String..., lines: [String: String] = [:], start: [Int]? = nil)
  -> Script
{
  var script = Script()
  let main = script.lane("main()")
  let task = script.task(main)
  var made: [Script.Task] = []
  script.step(task.firstStep) { script in
    script.start(main)
    for name in names { made.append(script.task(script.lane(name, by: main), by: main)) }
    script.suspend(main, .gather, script.gather(made.map(\.future)))
  }
  for place in start ?? Array(names.indices) {
    script.step(made[place].firstStep) { script in
      script.start(made[place].lane)
      script.print(lines["\(place)"] ?? "\(names[place])\n", by: made[place].lane)
      script.return(made[place].lane, "None")
    }
  }
  script.add(.runEnded(exception: .empty))
  return script
}

func run(_ script: Script, runtime: String = "y", source: String? = nil) -> ComparedRun {
  var run = run(script.batch)
  run.header.runtime = runtime
  run.header.sources = source.map { [RunHeader.SourceText(name: "demo.py", text: $0)] } ?? []
  return run
}

func run(_ batch: Batch) -> ComparedRun {
  var timeline = Timeline()
  timeline.append(batch)
  return ComparedRun(
    header: RunHeader(program: ["x"], clock: .virtual, runtime: "y"), timeline: timeline)
}

/// The paragraph that says where the runs part.
func words(_ comparison: Comparison) -> String {
  Report(comparison, names: ("", "")).lines.first { $0.indent < 0 }?.text ?? ""
}

func text(_ comparison: Comparison) -> String {
  Report(comparison, names: ("", "")).lines.map { line in
    line.mark + (line.mark.isEmpty || line.text.isEmpty ? "" : ": ") + line.text + "\n"
  }.joined()
}

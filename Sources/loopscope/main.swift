import Demos
import Loop
import Trace

func go() throws {
  let demo = Demo.named(CommandLine.arguments[1])!
  let profile = CommandLine.arguments.count > 2 ? Profile(CommandLine.arguments[2])! : demo.profile
  let source = LoopSource(header: RunHeader(program: [demo.name], clock: .virtual, runtime: "x", seed: 1), profile: profile, echo: writeToStandardStreams) { try! demo.program([]) }
  print(demo.sourceText.count)
  var n = 0
  let b = source.step()
  for e in b.events { Swift.print(e) }
  while !source.hasEnded { for e in source.step().events { Swift.print(e.time, e.fact) }; n += 1; Swift.print("-- step", n) }
  Swift.print(source.failure as Any)
}
try go()

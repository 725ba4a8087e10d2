import Demos
import Loop
import Trace
import TUI

func go() throws {
  let demo = Demo.named(CommandLine.arguments[1])!
  let source = LoopSource(header: RunHeader(program: [demo.name], clock: .virtual, runtime: "as CPython 3.13", seed: 1, sources: [.init(name: demo.file, text: demo.sourceText)]), profile: demo.profile, echo: nil) { try! demo.program([]) }
  var m = Model(size: Size(columns: 100, rows: 30), header: source.header, isLive: true)
  m.receive(source.run(until: 0, budget: 0), ended: false)
  func show() { for l in TUI.view(of: m).lines { Swift.print(l) } }
  show()
  let n = Int(CommandLine.arguments[2])!
  let first = TUI.view(of: m)
  for i in 0..<n {
    for e in m.update(.key(Key("."))) { if e == .step { m.receive(source.step(), ended: source.hasEnded) } }
    if i == n / 2 { show() }
  }
  show()
  for _ in 0..<n { _ = m.update(.key(Key(","))) }
  Swift.print(TUI.view(of: m) == first)
}
try go()

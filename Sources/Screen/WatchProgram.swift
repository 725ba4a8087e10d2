public import Loop
import Terminal
public import Trace

/// Runs a program on a loop of its own and shows it in the lanes, live, until the user quits.
///
/// ```swift
/// try watch { main() }
/// ```
///
/// All keys of loopscope work; `r` makes the main coroutine again. What it prints stands in the output
/// pane. Nothing returns what it threw: the lanes show it.
///
/// - Parameters:
///   - header: what is shown and recorded of the run; its clock, seed and chances are
///     the loop's.
///   - profile: the CPython version whose decisions to take.
///   - paused: opens it before its first handle.
///   - speed: how fast time is shown: 2 is twice as fast.
///   - main: called on the loop, once for each run.
/// - Throws: an error that says in a sentence why there can be no screen, such as that stdout is no
///   terminal.
public func watch(
  _ header: RunHeader = RunHeader(clock: .virtual), profile: Profile = .latest,
  paused: Bool = false, speed: Double = 1, main: @escaping () -> Coroutine<Void>
) throws {
  let terminal = try Terminal.open()
  let source = LoopSource(header: header, profile: profile, main: main)
  _ = try Watch(source, on: terminal, lesson: nil, cameFromMenu: false)
    .run(paused: paused, speed: speed)
  terminal.close()
}

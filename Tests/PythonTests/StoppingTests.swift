import PythonSupport
import Testing
import TmuxSupport

@testable import Python

/// A thread of another process is held for a moment, as attaching does it.
@Suite(.whereInterpretersAre)
struct StoppingTests {
  /// One process is held again and again, while another sends it signals, each after it has heard of the one
  /// before.
  private static let program = """
    import os, select, signal, sys, time
    exec(sys.argv[1])
    read, write = os.pipe()
    watched = os.fork()
    if not watched:
        signal.signal(signal.SIGUSR1, lambda number, frame: os.write(write, b'x'))
        os.write(write, b'x')
        while True:
            time.sleep(0.01)
    os.read(read, 1)
    sender = os.fork()
    if not sender:
        heard = 0
        for _ in range(50):
            os.kill(watched, signal.SIGUSR1)
            if not select.select([read], [], [], 20)[0]:
                break
            heard += len(os.read(read, 1))
        print(heard, 'of 50 signals', flush=True)
        os._exit(0)
    stops = 0
    while os.waitpid(sender, os.WNOHANG)[0] == 0:
        held = stop(watched)
        stops += held is not None
        let_go_on(watched, held)
    os.kill(watched, signal.SIGKILL)
    print('stopped' if stops else 'may not stop others')
    """

  @Test func `no signal is lost that comes just then`() throws {
    let python = try #require(Interpreters.installed.last).path
    let said = try run([python, "-c", Self.program, RemoteScript.stopping]).output
    // A container may forbid it.
    #expect(
      ["50 of 50 signals\nstopped\n", "50 of 50 signals\nmay not stop others\n"].contains(said))
  }
}

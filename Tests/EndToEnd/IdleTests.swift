#if os(Linux)
  import Foundation
  import Glibc
  import Testing
  import TmuxSupport

  @Suite(.whereTmuxIs, .inTerminals)
  struct IdleTests {
    /// What the process has used and written so far, as the kernel counts.
    private struct Use: Equatable {
      /// In hundredths of a second.
      let processor: String
      /// How often it has waited for something, and how often something else was let run.
      let switches: String
      /// Bytes written to anything.
      let written: String

      init(of process: Int32) throws {
        let stat = try run(["cat", "/proc/\(process)/stat"]).output
        processor = stat.split(separator: " ").dropFirst(13).prefix(2).joined(separator: " ")
        switches = try run(["grep", "ctxt_switches", "/proc/\(process)/status"]).output
        written = try run(["grep", "wchar", "/proc/\(process)/io"]).output
      }
    }

    @Test(arguments: ["--step", "--speed=1024", "menu"])
    func `what stands still uses no processor and writes nothing`(how: String) async throws {
      let tmux =
        how == "menu"
        ? try await open(until: "q quit") : try await open("demo", "order", how, until: "step ")
      if how != "menu" { try await tmux.wait(for: how == "--step" ? "❚❚ paused" : "■ ended") }
      try await expectRest(of: tmux)
      try await tmux.quit()
    }

    @Test(.wherePythonIs)
    func `nor does a screen that waits for the next process of a program`() async throws {
      let scratch = try Scratch()
      let script = try scratch.write(
        """
        import asyncio, os, sys

        async def serve():
            print('process', os.getpid(), flush=True)
            await asyncio.sleep(1000)

        if os.fork() == 0:
            asyncio.run(serve())
        os.wait()
        open(sys.argv[1]).read()
        os.write(1, b'the worker has ended\\n')
        os.remove(sys.argv[1])
        sys.stdin.read()
        """, to: "server.py")
      let gate = scratch.file("gate")
      #expect(mkfifo(gate, 0o600) == 0)
      let tmux = try launch(["python", "--subprocesses", script, gate], columns: 160)
      try await tmux.glimpse("running the loop")
      kill(try await tmux.watchedProcess(), SIGKILL)
      try await tmux.wait(for: "goes on without this process")
      // What is printed now is for the next one to show.
      try FileHandle(forWritingTo: URL(filePath: gate)).close()
      try await tmux.glimpse(of: "that it was printed") { _ in !scratch.exists("gate") }
      try await expectRest(of: tmux)
      try await tmux.quit()
    }

    private func expectRest(of tmux: Tmux) async throws {
      let process = try #require(tmux.programID)
      var before = try Use(of: process)
      // It may still have been at work on its last picture.
      try await tmux.wait(for: "rest") { _ in
        let now = try Use(of: process)
        defer { before = now }
        return now == before
      }
      for _ in 0..<200 { _ = try tmux.screen() }
      let after = try Use(of: process)
      #expect(after.processor == before.processor)
      #expect(after.switches == before.switches)
      #expect(after.written == before.written)
    }
  }
#endif

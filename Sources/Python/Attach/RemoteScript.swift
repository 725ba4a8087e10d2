#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The programs in Python by which a process is attached to.
enum RemoteScript {
  /// What the process is to execute in its main thread. It takes itself away, which says that it has
  /// begun, and leaves nothing behind in `sys.modules` or `sys.path`.
  ///
  /// - Parameter folder: where it, the recorder and the socket are.
  static func attaching(_ program: RunningProgram, isHeld: Bool, folder: String) -> String {
    """
    import _socket, os, sys, types
    folder = os.fsdecode(bytes.fromhex('\(hexadecimal(folder))'))
    link = None
    try:
        os.unlink(os.path.join(folder, 'attach.py'))
        link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        link.connect(os.path.join(folder, 'socket'))
        if not sys._is_gil_enabled():
            raise RuntimeError('it runs without the global interpreter lock')
        for name, module in list(sys.modules.items()):
            spec = getattr(module, '__spec__', None)
            if name.startswith('asyncio') and getattr(spec, '_initializing', False):
                raise RuntimeError('it is only starting, and imports asyncio; try again')
        recorder = types.ModuleType('loopscope_recorder')
        recorder.__file__ = '<loopscope>/loopscope_recorder.py'
        with open(os.path.join(folder, 'loopscope_recorder.py'), encoding='utf-8') as file:
            code = compile(file.read(), recorder.__file__, 'exec', dont_inherit=True)
        exec(code, vars(recorder))
        recorder.attach(link, hold=\(isHeld ? "True" : "False"), scope='\(program.scope.rawValue)',
                        detail='\(program.detail.rawValue)', max_events=\(program.maxEvents ?? 0))
    except Exception as error:
        try:
            link.sendall(str(error).encode('utf-8', 'replace'))
        except Exception:
            pass                        # nobody waits any more: nothing of this may reach its stderr
    finally:
        if link is not None:
            link.close()

    """
  }

  /// What it is to execute where the recorder does not notice that we have left: no loop runs. It takes
  /// itself away when that is done.
  private static func leaving(_ path: String) -> String {
    """
    import os
    leave = getattr(os._exit, '__globals__', {}).get('leave_unless_looping')
    if leave is not None:
        leave()
    try:
        os.unlink(os.fsdecode(bytes.fromhex('\(hexadecimal(path))')))
    except OSError:
        pass

    """
  }

  /// Has the process notice that we have left, as far as its main thread comes by soon.
  static func askToLeave(_ program: RunningProgram) {
    guard let folder = try? PrivateFolder() else { return }
    defer { folder.remove() }
    let name = "leave.py"
    guard let path = try? folder.write(name, leaving("\(folder.path)/\(name)")) else { return }
    folder.handOver(to: program.process)
    guard (try? ask(program, toRun: path)) != nil else { return }
    let limit = monotonic() + 1_000_000_000
    while access(path, F_OK) == 0 {
      guard monotonic() < limit else { return withdraw(program) }
      usleep(10_000)
    }
  }

  /// Takes back what the process has not come to execute: it would find no file.
  static func withdraw(_ program: RunningProgram) {
    try? ask(program, toRun: "/dev/null")
  }

  /// Has the process execute a script.
  ///
  /// - Throws: a ``PythonFailure`` where it cannot be asked to.
  static func ask(_ program: RunningProgram, toRun script: String) throws(PythonFailure) {
    let said = try program.interpreter.output(
      of: ["-I", "-c", asking, "\(program.process)", script])
    guard !said.isEmpty else { return }
    if said.hasPrefix("PermissionError") { throw .notAllowed(Int(program.process)) }
    throw .cannotAttach(Int(program.process), why: said)
  }

  /// Run by an interpreter of the same build. A main thread that waits in the kernel looks at what it is
  /// asked to do only once it is woken: a trap of ptrace's does that, of which nobody else hears.
  private static let asking = """
    import os, signal, sys, time
    signal.alarm(10)
    process, script = int(sys.argv[1]), sys.argv[2]
    try:
        sys.remote_exec(process, script)
    except Exception as error:
        print('%s: %s' % (type(error).__name__, error))
        sys.exit()
    begun = time.monotonic()
    while time.monotonic() < begun + 0.1 and os.path.isfile(script):
        time.sleep(0.002)
    if os.path.isfile(script):
        import ctypes
        ptrace = ctypes.CDLL(None).ptrace
        ptrace.argtypes, ptrace.restype = [ctypes.c_long] * 4, ctypes.c_long
        SEIZE, INTERRUPT, DETACH, ALL = 0x4206, 0x4207, 17, 0x40000000
        if ptrace(SEIZE, process, 0, 0) == 0:
            ptrace(INTERRUPT, process, 0, 0)
            os.waitpid(process, ALL)
            ptrace(DETACH, process, 0, 0)

    """

  private static func hexadecimal(_ text: String) -> String {
    let digits = Array("0123456789abcdef")
    return String(text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

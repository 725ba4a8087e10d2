#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The programs in Python by which a process is attached to.
enum RemoteScript {
  /// The recorder as the process loads it: compiled, since that takes a fifth of a second, in which
  /// nothing else could run.
  static let recorder = "recorder.code"

  /// Compiles a file for an interpreter of the same build.
  static let compiling = """
    import marshal, sys
    with open(sys.argv[1], encoding='utf-8') as file:
        code = compile(file.read(), '<loopscope>/loopscope_recorder.py', 'exec')
    with open(sys.argv[2], 'wb') as file:
        marshal.dump(code, file)

    """

  /// What the process is to execute in one of its threads. It takes itself away, which says that it has
  /// begun, and leaves nothing behind in `sys.modules` or `sys.path`.
  ///
  /// - Parameter folder: where it, the recorder and the socket are.
  static func attaching(_ program: RunningProgram, isHeld: Bool, folder: String) -> String {
    """
    import _socket, marshal, os, sys, types
    folder = os.fsdecode(bytes.fromhex('\(hexadecimal(folder))'))
    link = None
    try:
        os.unlink(os.path.join(folder, 'attach.py'))
        link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        link.connect(os.path.join(folder, 'socket'))
        for name, module in list(sys.modules.items()):
            spec = getattr(module, '__spec__', None)
            if name.startswith('asyncio') and getattr(spec, '_initializing', False):
                raise RuntimeError('it is only starting, and imports asyncio; try again')
        recorder = types.ModuleType('loopscope_recorder')
        recorder.__file__ = '<loopscope>/loopscope_recorder.py'
        with open(os.path.join(folder, '\(Self.recorder)'), 'rb') as file:
            exec(marshal.load(file), vars(recorder))
        recorder.attach(link, hold=\(isHeld ? "True" : "False"), scope='\(program.scope.rawValue)',
                        detail='\(program.detail.rawValue)', max_events=\(program.maxEvents ?? 0),
                        stacks=\(program.tellsStacks ? "True" : "False"))
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
  /// - Parameter isForAnyThread: whether a thread that waits for the outside may do so, as a loop's
  ///   does, if the main thread does not come by at once.
  /// - Throws: a ``PythonFailure`` where it cannot be asked to.
  static func ask(
    _ program: RunningProgram, toRun script: String, isForAnyThread: Bool = false
  ) throws(PythonFailure) {
    let said = try program.interpreter.output(
      of: [
        "-I", "-c", asking, "\(program.process)", script, stopping,
        isForAnyThread ? askingOthers : "",
      ])
    guard !said.isEmpty else { return }
    if said.hasPrefix("PermissionError") { throw .notAllowed(Int(program.process)) }
    throw .cannotAttach(Int(program.process), why: said)
  }

  /// Run by an interpreter of the same build. A main thread that waits in the kernel looks at what it is
  /// asked to do only once it is woken: a trap of ptrace's does that, of which nobody else hears.
  private static let asking = """
    import os, signal, sys, time
    signal.alarm(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)        # whoever has called us hears it too
    process, script = int(sys.argv[1]), sys.argv[2]

    def leave_if_taken(seconds):
        limit = time.monotonic() + seconds
        while os.path.isfile(script):
            if time.monotonic() > limit:
                return
            time.sleep(0.002)
        sys.exit()

    try:
        sys.remote_exec(process, script)
    except Exception as error:
        print('%s: %s' % (type(error).__name__, error))
        sys.exit()
    leave_if_taken(0.1)
    exec(sys.argv[3])
    let_go_on(process, stop(process))
    try:
        exec(sys.argv[4])
    except Exception:
        pass                            # the main thread stays asked

    """

  /// Holds a thread of another process for a moment, and lets it go on. A system call that it waits in is
  /// interrupted by that. A signal that has come just then is what has held it, and is passed on.
  static let stopping = """
    import ctypes, os
    ptrace = ctypes.CDLL(None).ptrace
    ptrace.argtypes, ptrace.restype = [ctypes.c_long] * 4, ctypes.c_long
    SEIZE, INTERRUPT, DETACH, ALL = 0x4206, 0x4207, 17, 0x40000000

    def stop(thread):
        if ptrace(SEIZE, thread, 0, 0) == 0:
            ptrace(INTERRUPT, thread, 0, 0)
            return os.waitpid(thread, ALL)[1]

    def let_go_on(thread, status):
        if status is not None and os.WIFSTOPPED(status):
            is_ours = status >> 16          # an event, no signal
            ptrace(DETACH, thread, 0, 0 if is_ours else os.WSTOPSIG(status))

    """

  /// CPython has each thread do what it is asked to, but `sys.remote_exec` asks the main one only. This
  /// writes the same into the state of another, which is held meanwhile, so that it cannot end.
  private static let askingOthers = """
    import struct
    leave_if_taken(0.1)
    if 't' in sys.abiflags:
        sys.exit()                      # without the lock, another thread may write just where we do
    memory = open('/proc/%d/mem' % process, 'r+b', buffering=0)

    def words(address, count=1):
        memory.seek(address)
        return struct.unpack('%dQ' % count, memory.read(8 * count))

    def write(address, data):
        memory.seek(address)
        memory.write(data)

    def mappings(process):
        with open('/proc/%s/maps' % process) as lines:
            for line in lines:
                area, rights, offset, device, inode = line.split()[:5]
                start, end = (int(number, 16) for number in area.split('-'))
                yield start, end, int(offset, 16), (rights, device, inode)

    def place(symbol):
        at = ctypes.addressof(ctypes.c_char.in_dll(ctypes.pythonapi, symbol))
        position, of = next((at - start + offset, of) for start, end, offset, of in mappings('self')
                            if start <= at < end)
        return next(start + position - offset for start, end, offset, one in mappings(process)
                    if one == of and offset <= position < offset + end - start)

    def states():
        state = words(interpreter + table[9])[0]
        while state:
            yield state
            state = words(state + 8)[0]

    def state_of(thread):
        return next((state for state in states() if words(state + native)[0] == thread), None)

    if os.readlink('/proc/self/ns/pid') != os.readlink('/proc/%d/ns/pid' % process):
        sys.exit()                      # it knows its threads by other numbers
    # CPython's table of offsets for debuggers. Where in it the kernel's number of a thread stands is
    # different from version to version: so that is looked for in our own thread.
    runtime = place('_PyRuntime')
    table = words(runtime, 150)
    breaker, request = next(table[at:at + 2] for at in range(144) if table[at + 3:at + 6] == (0, 4, 512))
    interpreter = words(runtime + table[5])[0]
    while words(interpreter + table[8])[0]:
        interpreter = words(interpreter + table[8])[0]      # the main one is the last
    own = ctypes.pythonapi.PyThreadState_Get
    own.restype = ctypes.c_void_p
    numbers = struct.unpack('64Q', ctypes.string_at(own(), 512))
    native = next(8 * at for at in range(64) if numbers[at] == os.getpid()
                  and any(words(state + 8 * at)[0] == process for state in states()))

    def put(thread, is_wanted):
        held = stop(thread)
        if held is None:
            return
        state = state_of(thread)
        if state is not None:
            if is_wanted:
                write(state + request + 4, os.fsencode(script) + bytes(1))
            write(state + request, struct.pack('i', is_wanted))
            if is_wanted:
                write(state + breaker, struct.pack('Q', words(state + breaker)[0] | 1 << 5))
        let_go_on(thread, held)

    def rank(thread):
        # First who waits as a loop does, then who runs, then who waits for the outside in another way.
        try:
            with open('/proc/%d/task/%d/wchan' % (process, thread)) as file:
                where = file.read()
        except OSError:
            return UNASKED              # it has just ended
        if where in ('ep_poll', 'do_epoll_wait'):
            return 0
        return 1 if where == '0' else 2 if 'poll' in where else UNASKED

    UNASKED = 3
    sys.remote_exec(process, '/dev/null')
    try:
        for _ in range(4):              # a loop's may wait for the interpreter's lock just now
            threads = map(int, os.listdir('/proc/%d/task' % process))
            ranks = {thread: rank(thread) for thread in threads if thread != process}
            for thread in sorted(ranks, key=ranks.get)[:10]:
                if ranks[thread] < UNASKED:
                    put(thread, True)
                    leave_if_taken(0.1)
                    put(thread, False)
            leave_if_taken(0.05)
    finally:
        if os.path.isfile(script):
            sys.remote_exec(process, script)

    """

  private static func hexadecimal(_ text: String) -> String {
    let digits = Array("0123456789abcdef")
    return String(text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

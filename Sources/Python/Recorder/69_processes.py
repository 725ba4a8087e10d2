# ---------------------------------------------------------------------------------------------
# Other processes that the program starts: by a fork, by multiprocessing as interpreters of their own, as
# commands that are Python
#
# The first two are told of. With --subprocesses, each of them in which a loop is made is recorded as
# well, into a file beside the program's, or sent to whoever listens at --door: a forked one by a
# recorder that knows nothing of what this one has seen, an interpreter by one that it is given as code.

AT_FORK = {}
_begin = None                   # begins a recording that waits for the process to make a loop
_forks_program = False          # what is about to be forked goes on as the program
OTHERS = b'--multiprocessing-fork', b'multiprocessing.forkserver'

# What an interpreter for multiprocessing runs before its own. Its folder has no part in our imports.
BEFOREHAND = '''\
import marshal, os, sys
_path, sys.path = sys.path, [folder for folder in sys.path if folder]
_own = {'__name__': 'loopscope_recorder', '__file__': '<loopscope>/loopscope_recorder.py'}
try:
    _code, _chosen = marshal.loads(os.pread(%d, %d, 0))
    os.close(%d)
    exec(_code, _own)
    _own['record_later'](**_chosen)
except Exception:
    pass
sys.path = _path
del marshal, os, sys, _path, _own
'''


def watch_processes():
    if hasattr(os, 'register_at_fork') and not AT_FORK:
        AT_FORK.update(before=forking, after=forked)
        os.register_at_fork(before=at_fork('before'), after_in_child=at_fork('after'))
    import _posixsubprocess             # where multiprocessing starts an interpreter of its own
    original = _posixsubprocess.fork_exec

    def fork_exec(command, executables, is_closing, kept, folder, environment, *rest):
        descriptor = -1
        try:
            is_worker = is_interpreter(command)
            if not options.subprocesses or _is_finished:
                if is_worker:
                    say_not_recorded()
            elif is_worker:
                descriptor = written_code(inherited())
                command = instructed(command, descriptor)
            elif is_python(command, executables, folder):
                descriptor, environment = given_recorder(command, environment)
            if descriptor >= 0:
                kept = tuple(sorted({descriptor, *kept}))
        except Exception:
            fault()
        try:
            return original(command, executables, is_closing, kept, folder, environment, *rest)
        finally:
            if descriptor >= 0:
                posix.close(descriptor)
    replace_function(_posixsubprocess, 'fork_exec', fork_exec)
    module = base_subprocess.subprocess
    if hasattr(module, '_fork_exec'):           # from 3.11 on
        replace_function(module, '_fork_exec', fork_exec)
    if options.subprocesses and getattr(module, '_USE_POSIX_SPAWN', False):
        replace(module, '_USE_POSIX_SPAWN', False)      # which would not come by there


def at_fork(name):
    """What is registered there stays for ever: it refers to nothing of ours once we have left."""
    def call():
        if name in AT_FORK:
            AT_FORK[name]()
    return FunctionType(call.__code__, {'AT_FORK': AT_FORK}, 'call', None, call.__closure__)


def forking():
    """The program is about to fork, if it is not to start a command in which it prepares something."""
    global _has_chores, _forks_program
    if _sampler is not None and posix.getpid() == _process:
        end_sampling(is_to_wait=HAS_MONITORING)
        _has_chores = True              # of which one is to begin it anew
    forks = next((caller for caller in callers(getframe(2)) if not is_ours(caller)), None)
    _forks_program = forks is None or forks.f_code.co_name != '_execute_child'
    if _forks_program and not options.subprocesses:
        say_not_recorded()


def forked():
    """A forked child is another program: it says nothing into our files."""
    silence()
    if options.subprocesses and _forks_program and not _is_finished:
        try:
            chosen = inherited()
            dismantle()
            anew().record_later(**chosen)
        except Exception:
            pass                    # there is nobody here to tell


def silence():
    global recording, CONTROL, LOCK, _only_thread
    CONTROL, _only_thread = None, 0
    LOCK = _thread.RLock()          # another thread may have held it, which is not there any more
    let_pass()
    recording = False
    let_uvloop_run()
    del ENTRIES[:], SINKS[:]
    if HAS_MONITORING:
        unwatch_coroutines()


def say_not_recorded():
    """A server's first process has nothing to do but to watch over others. Where a loop starts one,
    that is to work for it."""
    try:
        if events._get_running_loop() is None and posix.getpid() == _process:
            ways = ['attach to it'] * HIDES_TASKS + ['say --subprocesses'] * (not options.is_attached)
            say_once('The program has started another process, which is not recorded. Where that runs its '
                     'loop, %s.' % ', or '.join(ways + ['have it run in one']))
    except Exception:
        fault()


def is_interpreter(command):
    """Whether this is the command of an interpreter that multiprocessing starts."""
    return any(word in os.fsencode(one) for one in list(command)
               if type(one) in (str, bytes) for word in OTHERS)


def instructed(command, descriptor):
    """The command of an interpreter that is first to run the code at a descriptor."""
    parts = list(map(os.fsencode, command))
    place = parts.index(b'-c') + 1
    length = posix.fstat(descriptor).st_size
    parts[place] = (BEFOREHAND % (descriptor, length, descriptor)).encode() + parts[place]
    return parts


def written_code(chosen):
    """A descriptor at which the recorder's code is, and what it is to record with."""
    import marshal
    import tempfile
    with tempfile.TemporaryFile() as file:
        file.write(marshal.dumps((OWN_CODE, chosen)))
        file.flush()
        return os.dup(file.fileno())


def inherited():
    """What a process of this one's is to be recorded with."""
    chosen = {name: getattr(options, name) for name in (
        'family', 'door', 'subprocesses', 'scope', 'detail', 'keep_loop', 'stacks', 'max_events', 'keep_last')}
    return dict(chosen, script=_script, folder=_folder, program=list(map(shown, options.program)))


def record_later(script, folder, program, **chosen):
    """Records this process from when it makes a loop on, or when one that it has runs."""
    global options, _script, _folder, _begin
    base, set_running = selector_events.BaseSelectorEventLoop, events._set_running_loop
    _script, _folder, options = script, folder, Options()
    vars(options).update(chosen, program=program)

    def begin():
        global _begin
        if _begin is None:              # somebody has kept one of the two that are replaced below
            return
        _begin = None
        put_back()
        let_uvloop_run()
        atexit.unregister(_last_words)
        atexit.register(_last_words)    # multiprocessing may have cleared what was registered
        try:
            if chosen['door']:
                start(None, program, loops=(), socket=knock(chosen['door']), hold=True, **chosen)
            else:
                start(own_path(chosen['family']), program, loops=(), **chosen)
        except (OSError, RuntimeError):
            pass                        # there is nobody here to tell

    def __init__(self, *arguments, **named):
        begin()
        base.__init__(self, *arguments, **named)

    def _set_running_loop(loop):
        if loop is None:
            return set_running(None)
        begin()
        events._set_running_loop(loop)

    _begin = begin
    replace_function(base, '__init__', __init__)
    replace_function(events, '_set_running_loop', _set_running_loop)
    watch_uvloop()
    watch_processes()
    watch_replacement()


def knock(door):
    """A descriptor by which whoever listens there is told of this process, and has it held."""
    import _socket
    link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        link.connect(door)
        return os.dup(link.fileno())
    finally:
        link.close()


def own_path(path):
    """The file of this process, beside that of the one with which all began."""
    ending = '.gz' if path.endswith('.gz') else ''
    stem, kind = os.path.splitext(path[:len(path) - len(ending)])
    for number in count(1):             # a process that has replaced itself keeps its own
        again = '.%d' % number if number > 1 else ''
        name = '%s.%d%s%s%s' % (stem, posix.getpid(), again, kind, ending)
        if not os.path.exists(name) and not os.path.exists(name + '.part'):
            return name



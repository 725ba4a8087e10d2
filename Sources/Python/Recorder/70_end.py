# ---------------------------------------------------------------------------------------------
# The end, in all its forms

_is_finished = _is_left = False
_ending = ''               # how the program ended, if not by returning


def finish():
    """The last event of a recording, which gets its name. Other threads may still run."""
    global _is_finished, note
    with LOCK:
        if _is_finished or os.getpid() != _process:
            return
        _is_finished = True
        if _is_over and SINKS:
            emit(LD, min(_lost + 1, 1 << 20))
            say_end()
        elif recording:
            try:
                say_unwritten()
                settle_limbo()
                if _unidentified > 0:
                    find_coroutines()
                    drop_lost()
                if not _is_left:
                    end_unawaited()
                    say_never_retrieved()
            except Exception:
                fault()
            say_end()
        if RING is not None:
            RING.next_write = 0
        flush()
        note = deque(maxlen=0).extend       # nothing comes after that
        stop_noting()           # modules are about to be emptied, asyncio's among them
        for sink in SINKS:
            sink.finish()


def say_end():
    if _is_left:
        emit(PM, text(STOPPED))
    else:
        emit(LE, text(_ending))


STOPPED = 'The recording was stopped; the program goes on.'


def stop():
    """Ends the recording. The program goes on as if it had never been watched."""
    global _is_left
    if _successor is not None:
        return _successor.stop()
    if not _process or _is_finished:
        return
    with LOCK:
        _is_left = True
        finish()
        if options.clock == 'virtual':
            return                      # to which the program's loops are bound
        put_back(later=os)
        keep_lag()
        give_back_queues()
        if _only_thread:
            _put_back()
        unwatch_making()
        let_uvloop_run()
        for one in base_events.logger.filters[:]:
            if type(one) is SlowCallbacks:
                base_events.logger.removeFilter(one)
        atexit.unregister(_last_words)
        AT_FORK.clear()
        put_back(os)                    # by which others see that we are here
        for sink in OPENED:
            sink.leave()


def watch_exits():
    leave_now = os._exit

    def _exit(status):
        global _ending
        if os.getpid() == _process and not _is_finished:
            _ending = 'os._exit(%d)' % status if type(status) is int and status else ''
            finish()
        leave_now(status)
    replace(os, '_exit', _exit)
    for name in 'abort', 'execv', 'execve':
        if hasattr(os, name):
            replace(os, name, flushing(getattr(os, name)))
    if hasattr(os, 'register_at_fork'):
        AT_FORK.update(before=forking, after=silence)
        os.register_at_fork(before=at_fork('before'), after_in_child=at_fork('after'))
    watch_spawning()
    watch_own_signals()


def watch_own_signals():
    """A server that has ended well sends itself once more the signal that asked for it: its recording
    is complete then."""
    kill, raise_signal = os.kill, getattr(_signal, 'raise_signal', None)

    def kill_self(*arguments):
        if len(arguments) == 2 and type(arguments[0]) is int and arguments[0] == os.getpid():
            end_by(arguments[1])
        return kill(*arguments)

    def raise_in_self(*arguments):
        if len(arguments) == 1:
            end_by(arguments[0])
        return raise_signal(*arguments)
    replace_function(os, 'kill', kill_self, 'os')
    if raise_signal is not None:
        replace_function(signal, 'raise_signal', raise_in_self, 'signal')


def end_by(number):
    """Ends the recording, if this signal is about to end the process."""
    global _ending
    if os.getpid() == _process and type(number) in (int, signal.Signals) and number in FATAL:
        if (_signal.getsignal(number) == _signal.SIG_DFL
                and number not in _signal.pthread_sigmask(_signal.SIG_BLOCK, ())):
            _ending = signal.Signals(number).name
            finish()


FATAL = frozenset(getattr(_signal, 'SIG' + name) for name in (
    'HUP', 'INT', 'QUIT', 'ABRT', 'USR1', 'USR2', 'ALRM', 'TERM'))      # with KILL nobody ends well


def flushing(function):
    def wrapper(*arguments, **named):
        flush()
        return function(*arguments, **named)
    return wrapper


def silence():
    """A forked child is another program: it says nothing into our files."""
    global recording, CONTROL, LOCK, _only_thread
    CONTROL, _only_thread = None, 0
    LOCK = _thread.RLock()          # another thread may have held it, which is not there any more
    let_pass()
    recording = False
    let_uvloop_run()
    del ENTRIES[:], SINKS[:]
    if HAS_MONITORING:
        unwatch_coroutines()


AT_FORK = {}


def at_fork(name):
    """What is registered there stays for ever: it refers to nothing of ours once we have left."""
    def call():
        if name in AT_FORK:
            AT_FORK[name]()
    return FunctionType(call.__code__, {'AT_FORK': AT_FORK}, 'call', None, call.__closure__)


def forking():
    """The program is about to fork, if it is not to start a command in which it prepares something."""
    frame = getframe(1)
    while frame is not None and is_ours(frame):
        frame = frame.f_back
    if frame is None or frame.f_code.co_name != '_execute_child':
        say_not_recorded()


def watch_spawning():
    """Where multiprocessing starts an interpreter of its own."""
    import _posixsubprocess
    fork_exec = _posixsubprocess.fork_exec

    def fork_exec_told(*arguments):
        try:
            if any(word in os.fsencode(one) for one in list(arguments[0])
                   if type(one) in (str, bytes) for word in OTHERS):
                say_not_recorded()
        except Exception:
            fault()
        return fork_exec(*arguments)
    replace_function(_posixsubprocess, 'fork_exec', fork_exec_told)


OTHERS = b'--multiprocessing-fork', b'multiprocessing.forkserver'


def say_not_recorded():
    """A server's first process has nothing to do but to watch over others. Where a loop starts one,
    that is to work for it."""
    try:
        if events._get_running_loop() is None and os.getpid() == _process:
            say_once('The program has started another process, which is not recorded. Where that '
                     'runs its loop, have it run in one: without workers, without reloading.'
                     + (' Or attach to that process.' if HIDES_TASKS else ''))
    except Exception:
        fault()

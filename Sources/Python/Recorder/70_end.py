# ---------------------------------------------------------------------------------------------
# The end, in all its forms

_is_finished = _is_left = False
_ending = ''               # how the program ended, if not by returning


def finish():
    """The last event of a recording, which gets its name. Other threads may still run."""
    global _is_finished, note
    with LOCK:
        if _is_finished or posix.getpid() != _process:
            return
        _is_finished = True
        end_sampling()
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
        base_events.logger.removeFilter(SLOW_CALLBACKS)
        atexit.unregister(_last_words)
        AT_FORK.clear()
        put_back(os)                    # by which others see that we are here
        for sink in OPENED:
            sink.leave()


def watch_exits():
    precede(os, '_exit', end_at_once, 'os')
    for name in 'abort', 'execv', 'execve':
        precede(os, name, lambda *arguments, **named: flush(), 'os')
    if hasattr(os, 'register_at_fork'):
        AT_FORK.update(before=forking, after=silence)
        os.register_at_fork(before=at_fork('before'), after_in_child=at_fork('after'))
    import _posixsubprocess             # where multiprocessing starts an interpreter of its own
    precede(_posixsubprocess, 'fork_exec', spawning)
    precede(os, 'kill', end_by, 'os')
    if hasattr(signal, 'raise_signal'):
        precede(signal, 'raise_signal', lambda number: end_by(_process, number), 'signal')


def end_at_once(status):
    global _ending
    if posix.getpid() == _process and not _is_finished:
        _ending = 'os._exit(%d)' % status if type(status) is int and status else ''
        finish()


def end_by(process, number):
    """Ends the recording, if this signal is about to end the process. A server that has ended well
    sends itself once more the one that asked for it."""
    global _ending
    if (type(process) is int and process == posix.getpid() == _process
            and type(number) in (int, signal.Signals) and number in FATAL):
        if (_signal.getsignal(number) == _signal.SIG_DFL
                and number not in _signal.pthread_sigmask(_signal.SIG_BLOCK, ())):
            _ending = signal.Signals(number).name
            finish()


FATAL = frozenset(getattr(_signal, 'SIG' + name) for name in (
    'HUP', 'INT', 'QUIT', 'ABRT', 'USR1', 'USR2', 'ALRM', 'TERM'))      # with KILL nobody ends well


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
    global _has_chores
    if _sampler is not None and posix.getpid() == _process:
        end_sampling(is_to_wait=HAS_MONITORING)
        _has_chores = True              # of which one is to begin it anew
    forks = next((caller for caller in callers(getframe(2)) if not is_ours(caller)), None)
    if forks is None or forks.f_code.co_name != '_execute_child':
        say_not_recorded()


def spawning(command, *rest):
    """A process is about to start: maybe an interpreter for multiprocessing."""
    if any(word in os.fsencode(one) for one in list(command)
           if type(one) in (str, bytes) for word in OTHERS):
        say_not_recorded()


OTHERS = b'--multiprocessing-fork', b'multiprocessing.forkserver'


def say_not_recorded():
    """A server's first process has nothing to do but to watch over others. Where a loop starts one,
    that is to work for it."""
    try:
        if events._get_running_loop() is None and posix.getpid() == _process:
            say_once('The program has started another process, which is not recorded. Where that '
                     'runs its loop, have it run in one: without workers, without reloading.'
                     + (' Or attach to that process.' if HIDES_TASKS else ''))
    except Exception:
        fault()

# ---------------------------------------------------------------------------------------------
# The end, in all its forms

_is_finished = _is_left = False
_ending = ''               # how the program ended, if not by returning


def finish():
    """Nothing is collected meanwhile that would not have been, or not yet: it might have something to say."""
    collects = gc.isenabled()
    gc.disable()
    try:
        write_end()
    finally:
        if collects:
            gc.enable()


def write_end():
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
        put_back(speaks)        # and what they say then they say without us
        for sink in SINKS:
            sink.finish()


def speaks(owner, name):
    """Whether by this function the program, or Python, says something, or what it says may show it."""
    return owner is warnings or owner is Handle or name in ('write', 'flush', 'call_exception_handler')


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
        dismantle()


def dismantle():
    """Whatever was replaced is put back, and nothing refers to us any more."""
    put_back(lambda owner, name: owner is not os)
    keep_lag()
    give_back_queues()
    if _only_thread:
        _put_back()
    unwatch_making()
    let_uvloop_run()
    base_events.logger.removeFilter(SLOW_CALLBACKS)
    atexit.unregister(_last_words)
    AT_FORK.clear()
    put_back()                          # by which others see that we are here
    for sink in OPENED:
        sink.leave()


def watch_exits():
    precede(os, '_exit', end_at_once, 'os')
    for name in 'abort', 'execv', 'execve':
        precede(os, name, lambda *arguments, **named: flush(), 'os')
    if options.subprocesses:
        watch_replacement()
    precede(os, 'kill', end_by, 'os')
    if hasattr(signal, 'raise_signal'):
        precede(signal, 'raise_signal', lambda number: end_by(_process, number), 'signal')


def end_at_once(status):
    global _ending
    if posix.getpid() == _process and not _is_finished:
        _ending = 'os._exit(%d)' % status if type(status) is int and status else ''
        gc.disable()
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
            gc.disable()
            finish()


FATAL = frozenset(getattr(_signal, 'SIG' + name) for name in (
    'HUP', 'INT', 'QUIT', 'ABRT', 'USR1', 'USR2', 'ALRM', 'TERM'))      # with KILL nobody ends well



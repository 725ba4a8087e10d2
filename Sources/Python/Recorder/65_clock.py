# ---------------------------------------------------------------------------------------------
# The clock: where nothing is ready, commands are listened for, or virtual time jumps
#
# Relies on the loop's selector, whose `select` is where time passes.

def watch_selector(loop):
    """While the loop idles, listens for commands, or lets virtual time jump."""
    selector = loop._selector
    wait_really = selector.select if _chance is None else in_any_order(selector.select)
    is_virtual = options.clock == 'virtual'

    def select(timeout=None):
        if timeout is not None and timeout <= 0:
            if is_virtual:
                creep(TURN)
            return wait_really(timeout)
        if CONTROL is not None and CONTROL.permits == 0:
            with LOCK:
                CONTROL.wait()
        if not is_virtual:
            return wait_or_listen(timeout)
        ready = wait_really(0)
        if ready:
            return ready
        alarm = time_to_alarm()
        if timeout is None and not alarm or can_be_woken(loop, selector):
            begun = real_now()
            ready = wait_or_listen(timeout)
            advance(loop, None if timeout is None or ready else timeout, real_now() - begun)
            return ready
        before = _virtual
        if alarm and (timeout is None or alarm < timeout):
            advance(loop, None, int(alarm * 1e9))
        else:
            advance(loop, timeout, 0)
            alarm = timeout
        if _virtual == before:
            creep(TURN)         # the timer is due in less than a nanosecond
        else:
            emit(LJ)
            bring_alarm_nearer(alarm)
        return wait_really(0)

    def wait_or_listen(timeout):
        control = CONTROL
        if control is None or control.descriptor < 0:
            return wait_really(timeout)
        poll = polling(selector.fileno(), control.descriptor)
        end = None if timeout is None else loop.time() + timeout
        while True:
            left = None if end is None else max(0, end - loop.time())
            ready = [one for one, _ in poll(None if left is None else left * 1000 + 0.999)]
            if control.descriptor in ready:
                with LOCK:
                    control.look()
                    if control.permits == 0:
                        control.wait()
            if control.descriptor < 0:
                return wait_really(left)
            if selector.fileno() in ready or end is not None and loop.time() >= end:
                return wait_really(0)
            if is_virtual and end is not None and not ready:
                return []

    selector.select = select


def keep_lag():
    """The time in which the program was held stays lost to its loops, whose timers are set by it."""
    if _held:
        lag = _held

        def time(self):
            return (real_now() - lag) / 1e9
        time.lag = lag
        base_events.BaseEventLoop.time = named_like(loop_time, time)


def unwatch_selector(loop):
    selector = vars(loop).get('_selector')
    if selector is not None and getattr(vars(selector).get('select'), '__globals__', None) is GLOBALS:
        del selector.select


def advance(loop, timeout, elapsed):
    """Moves virtual time: to the nanosecond of the first timer if the loop has waited for that. The loop
    takes a timer that is due within its clock's resolution, which is a nanosecond too."""
    global _virtual
    if timeout is None:
        _virtual += elapsed
    elif loop._scheduled:
        _virtual = max(_virtual, round(loop._scheduled[0]._when * 1e9))
    else:
        _virtual += int(timeout * 1e9)


_moment = _met = 0              # a moment of virtual time, and how often it was met
_met_at = _computed = 0         # when it was met last, really, and how long had been computed by then
computed = getattr(time, 'thread_time_ns', None) or (lambda: int(time.process_time() * 1e9))
PATIENCE = 1000
TURN, QUESTION = 20000, 1000    # nanoseconds that a turn of a loop takes, and to ask for the time
LONG = 1000000000


def creep(most):
    """Time stands while anything is ready. Who waits for a moment by asking again and again, or sets timers
    for next to nothing, would wait for ever: so after a while it creeps, at last as fast as it really would."""
    global _virtual, _moment, _met, _met_at, _computed
    before, computed_before = _met_at, _computed
    _met_at, _computed = program_now(), computed()
    passed = _met_at - before
    if _moment != _virtual:
        _met = 0
    elif most == QUESTION and passed > LONG and 50 * (_computed - computed_before) < passed:
        _virtual += passed      # whoever asks has waited: a machine that is busy lets one compute more than that
    _met += 1
    _virtual += min(max(0, _met - PATIENCE), most)
    _moment = _virtual


def time_to_alarm():
    """Seconds, 0 if the program has not set one."""
    return _signal.getitimer(_signal.ITIMER_REAL)[0]


def bring_alarm_nearer(seconds):
    """Time that jumps passes for an alarm of the system's too."""
    left, interval = _signal.getitimer(_signal.ITIMER_REAL)
    if left > seconds + 1e-6:
        _signal.setitimer(_signal.ITIMER_REAL, left - seconds, interval)
    elif left:
        _signal.setitimer(_signal.ITIMER_REAL, interval, interval)
        os.kill(posix.getpid(), _signal.SIGALRM)


def can_be_woken(loop, selector):
    """Whether something else than its own timers can wake the loop: a descriptor besides the
    loop's own pipe, a signal that it handles, another thread that is at work."""
    if len(selector.get_map()) > 1 or getattr(loop, '_signal_handlers', None):
        return True
    threading = sys.modules.get('threading')
    if threading is None or threading.active_count() < 2:
        return False
    is_at_work = any(job._state == 'PENDING' for job in _jobs)
    idle = not is_at_work and imported('concurrent.futures.thread', '_threads_queues') or ()
    me = threading.current_thread()
    return any(thread is not me and thread not in idle for thread in threading.enumerate())


_jobs = weakref.WeakSet()   # futures of run_in_executor, of which some may be done


def watch_time():
    """The rest of the program must see the same time as its loops."""
    wall_start, zone = time.time(), (time.localtime, time.gmtime)
    thread, start = get_ident(), real_now()

    def flowing():
        """What the program sees: while its loop runs, time stands; elsewhere it has to flow, or
        those who wait for another thread or process would wait for ever."""
        if get_ident() == thread and events._get_running_loop() is not None:
            creep(QUESTION)
            return _virtual
        return _virtual + real_now() - start

    def monotonic():
        return flowing() / 1e9

    def wall():
        return wall_start + (flowing() - VIRTUAL_START) / 1e9

    def sleep(seconds):
        global _virtual
        if get_ident() != thread or posix.getpid() != _process or not seconds >= 0:
            return real_sleep(seconds)
        while seconds > 0:
            step = min(seconds, time_to_alarm() or seconds)
            _virtual += int(step * 1e9)
            bring_alarm_nearer(step)
            seconds -= step

    for name, function in (
            ('perf_counter', lambda: monotonic()), ('monotonic', monotonic), ('time', wall),
            ('perf_counter_ns', lambda: flowing()), ('monotonic_ns', flowing), ('sleep', sleep),
            ('time_ns', lambda: int(wall() * 1e9)),
            ('localtime', lambda seconds=None: zone[0](wall() if seconds is None else seconds)),
            ('gmtime', lambda seconds=None: zone[1](wall() if seconds is None else seconds))):
        if hasattr(time, name):
            replace_function(time, name, function, 'time')



# ---------------------------------------------------------------------------------------------
# Stacks: where a step is that lasts, as a thread of ours sees it now and then
#
# Nothing of the program's may run in that thread, and nothing live longer because of it: so no
# garbage is collected meanwhile, frames are let go of before anything else may run, and where
# somebody has the lock, nothing is seen this time.

SAMPLE_TIME = 0.02          # seconds from one look to the next
QUICK_SWITCH = 0.0001       # in which the interpreter is handed over, if the program has one thread
DEEPEST = 200               # frames of a stack, the innermost

start_thread = _thread.start_new_thread
RUN_HANDLE = Handle._run.__code__
_sampler = None             # a lock that the thread waits for: whoever lets it have that, ends it
_sampler_number = 0
_stack, _stack_number = '', 0       # what was told last
get_switch_interval, set_switch_interval = sys.getswitchinterval, sys.setswitchinterval
_switch_interval = get_switch_interval()        # the program's


def begin_sampling():
    global _sampler, _sampler_number
    _sampler_number = 0
    _sampler = _thread.allocate_lock()
    _sampler.acquire()
    start_thread(sample, (_sampler,))


def sample(end):
    global _sampler_number
    _signal.pthread_sigmask(_signal.SIG_BLOCK, signal.Signals)
    if HAS_MONITORING:
        _sampler_number = _thread.get_native_id()
    while True:
        hurry()
        if end.acquire(True, SAMPLE_TIME) or not recording:
            return set_switch_interval(_switch_interval)
        collects = gc.isenabled()
        gc.disable()
        try:
            if any([in_turn(tell_stack, loop) for loop in list(LOOPS)]):
                in_turn(write_stacks)
        finally:
            if collects:
                gc.enable()


def hurry():
    """Whoever computes is asked to hand over the interpreter after a time, in which it may come to a call
    that does so anyway: then only such calls would be seen. Where threads of the program take turns, theirs stay
    as long as they are."""
    wanted = min(QUICK_SWITCH, _switch_interval) if _thread._count() == 1 else _switch_interval
    if get_switch_interval() != wanted:
        set_switch_interval(wanted)


def hide_hurry():
    def setswitchinterval(interval):
        global _switch_interval
        set_switch_interval(interval)
        _switch_interval = get_switch_interval()

    replace_function(sys, 'getswitchinterval', lambda: _switch_interval)
    replace_function(sys, 'setswitchinterval', setswitchinterval)


def in_turn(function, *arguments):
    if not LOCK.acquire(False):
        return False
    try:
        return recording and function(*arguments)
    except Exception:
        fault()
    finally:
        LOCK.release()


def tell_stack(loop):
    """Tells where the handle is that a loop runs. Returns whether it is anywhere."""
    global _stack, _stack_number
    queue = vars(loop).get('_ready')
    if type(queue) is not SharedQueue or not queue.handle:
        return False
    end = RUN_HANDLE if queue.is_beside else RUN_ONCE
    stack = list(callers(sys._current_frames().get(queue.thread), end))
    seen = [frame for frame in stack if frame.f_code is not RUN_HANDLE and not is_ours(frame)]
    if not seen or stack[-1].f_back is None and 'greenlet' not in sys.modules:
        return False                    # it is in C, or not in its loop; greenlets have stacks of their own
    described = '\n'.join(map(described_frame, seen[:DEEPEST]))
    if described != _stack:
        _stack_number, _stack = text(described), described
    # Not `lane_on_stack`: before 3.12, lanes are there that have not been told to have started.
    lanes = ((frame, LANES.get(id(frame))) for frame in seen)
    lane = next((lane for frame, lane in lanes if lane is not None and lane.state == STARTED
                 and lane.code.code is frame.f_code), queue.record and queue.record.leaf)
    lane = lane.id if lane is not None else 0
    if len(THREADS) > 1:
        emit(HK_OF, _stack_number, lane, queue.handle)
    else:
        emit(HK, _stack_number, lane)
    return True


def described_frame(frame, line=None):
    code = frame.f_code
    if code.co_filename not in FILES and not is_library(code.co_filename):
        UNREAD.add(code.co_filename)
    name = getattr(code, 'co_qualname', code.co_name).rpartition('<locals>.')[2]
    line = line or frame.f_lineno or code.co_firstlineno
    return '%s:%d %s' % (shown_path(code.co_filename), line, name)


UNREAD = set()              # files of the program's that were met in stacks and tracebacks alone


def read_unread():
    while UNREAD:
        file_number(UNREAD.pop())       # which tells their text


def write_stacks():
    read_unread()
    if CONTROL is not None:
        flush()
    else:
        flush_if_due()


def end_sampling(is_to_wait=False):
    """Ends the thread. Where a program forks that has more than one, Python warns of that, so that one
    has to wait until the system has forgotten it."""
    global _sampler
    end, _sampler = _sampler, None
    if end is None:
        return
    end.release()
    set_switch_interval(_switch_interval)
    latest = real_now() + LONG_WAIT * 1000000000
    while (is_to_wait and real_now() < latest
            and (not _sampler_number or os.path.exists('/proc/self/task/%d' % _sampler_number))):
        real_sleep(0.0005)
